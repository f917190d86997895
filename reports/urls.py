"""Addresses of the reports app."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("rekap/", views.recap, name="recap"),
    path("rekap/unduh/", views.recap_download, name="recap_download"),
]
