"""All addresses: Indonesian for people, English for the code."""

from django.urls import include, path

from desabinaan import health

handler400 = "desabinaan.http.bad_request"
handler500 = "desabinaan.http.server_error"

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("accounts.urls_sign_in")),
    path("", include("accounts.urls")),
    path("", include("certificates.urls")),
    path("", include("villages.urls")),
    path("", include("events.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
