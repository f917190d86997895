"""Regions, jurisdictions, villages and their designation."""
