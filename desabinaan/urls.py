"""All addresses: Indonesian for people, English for the code."""

from django.urls import path

from desabinaan import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
