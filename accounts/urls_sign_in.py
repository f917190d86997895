"""Signing in and passwords: allauth's views under Indonesian addresses, only those in use."""

from allauth.account import views
from django.urls import path

from accounts.views import passwords

urlpatterns = [
    path("masuk/", views.login, name="account_login"),
    path("keluar/", views.logout, name="account_logout"),
    path("akun-nonaktif/", views.account_inactive, name="account_inactive"),
    path("sandi/ganti/", views.password_change, name="account_change_password"),
    path("sandi/lupa/", passwords.AskForLinkView.as_view(), name="account_reset_password"),
    path("sandi/lupa/terkirim/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "sandi/baru/selesai/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "sandi/baru/<slug:uidb36>/<slug:key>/",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
