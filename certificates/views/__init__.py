"""Pages of papers: their record, the public verification, and how an office numbers them."""
