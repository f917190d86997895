"""Outreach events: planned, held, documented, reported. Nothing yet; the layer keeps its place."""
