"""Onboarding what exists: an office's own spreadsheet, read, matched to the national list."""
