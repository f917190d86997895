"""Addresses of the villages app."""

from django.urls import URLPattern

app_name = "villages"

urlpatterns: list[URLPattern] = []
