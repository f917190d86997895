"""Pages about villages and their sheets: each finds, asks whether one may, does, and shows."""
