"""Composition: settings, addresses, and what every app shares."""

from desabinaan.celery import app as celery_app

__all__ = ["celery_app"]
