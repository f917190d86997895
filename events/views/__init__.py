"""Pages about events: each finds, asks whether one may, does, and shows."""
