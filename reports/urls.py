"""Addresses of the reports app."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("rekap/", views.recap, name="recap"),
    path("rekap/desa/", views.recap_villages, name="recap_villages"),
    path("rekap/pimpasa/", views.recap_officers, name="recap_officers"),
    path("rekap/waktu/", views.recap_waiting, name="recap_waiting"),
    path("rekap/kegiatan/", views.recap_outreach, name="recap_outreach"),
    path("rekap/laporan/", views.recap_report, name="recap_report"),
    path("rekap/unduh/", views.recap_download, name="recap_download"),
    path("rekap/ekspor/", views.recap_export, name="recap_export"),
]
