"""Outreach events: planned, invited to, attended, documented and reported."""
