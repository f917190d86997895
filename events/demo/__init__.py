"""Invented events for trying out and for showing; the founding cases as they were reported."""
