"""Signing in and what keeps it safe: allauth's views under Indonesian addresses, as few as do."""

from allauth.account import views
from allauth.mfa.base.views import authenticate
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import add_webauthn
from django.urls import path

from accounts.views import security, sign_in

urlpatterns = [
    path("masuk/", sign_in.SignInView.as_view(), name="account_login"),
    path("masuk/kode/", authenticate, name="mfa_authenticate"),
    path("keluar/", views.logout, name="account_logout"),
    path("akun-nonaktif/", views.account_inactive, name="account_inactive"),
    path("sandi/ganti/", views.password_change, name="account_change_password"),
    path("sandi/lupa/", sign_in.AskForLinkView.as_view(), name="account_reset_password"),
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
    path("keamanan/", security.security, name="mfa_index"),
    path("keamanan/sandi/", views.reauthenticate, name="account_reauthenticate"),
    path("keamanan/aplikasi/", activate_totp, name="mfa_activate_totp"),
    path("keamanan/aplikasi/lepas/", deactivate_totp, name="mfa_deactivate_totp"),
    path("keamanan/kunci/", add_webauthn, name="mfa_add_webauthn"),
    path("keamanan/kunci/<int:pk>/lepas/", security.passkey_remove, name="mfa_remove_webauthn"),
    path(
        "keamanan/kode-cadangan/",
        security.RecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "keamanan/kode-cadangan/baru/",
        security.NewRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("keamanan/perangkat/keluarkan/", security.sessions_end, name="sessions_end"),
    path("keamanan/perangkat/<int:pk>/keluarkan/", security.session_end, name="session_end"),
]
