"""Reads everything, writes nothing: the desks."""
