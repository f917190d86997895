"""People and offices: who they are, where they serve, and what they may see today."""
