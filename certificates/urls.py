"""Addresses of the certificates app."""

from django.urls import path

from certificates.views import exports, letters, number_template, record, register, verification

app_name = "certificates"

urlpatterns = [
    path("v/", verification.verify_form, name="verify_form"),
    # Takes slashes too: whatever follows a mistyped or pasted address gets an answer in words.
    path("v/<path:code>", verification.verify, name="verify"),
    path("V/", verification.verify_shouted, name="verify_shouted_form"),
    path("V/<path:code>", verification.verify_shouted, name="verify_shouted"),
    path("sertifikat/<str:code>/", record.certificate, name="certificate"),
    path("sertifikat/<str:code>/unduh/", record.download, name="download"),
    path("sertifikat/<str:code>/asli/", record.original, name="original"),
    path("sertifikat/<str:code>/pindaian/", record.scan_attach, name="scan_attach"),
    path("pindaian/<int:pk>/", record.scan, name="scan"),
    path("pindaian/<int:pk>/tarik/", record.scan_withdraw, name="scan_withdraw"),
    path("surat/<int:pk>/", letters.letter, name="letter"),
    path("surat/<int:pk>/unduh/", letters.letter_download, name="letter_download"),
    path("surat/<int:pk>/asli/", letters.letter_original, name="letter_original"),
    path("surat/<int:pk>/pindaian/", letters.letter_scan, name="letter_scan"),
    path("ekspor/<int:pk>/", exports.export, name="export"),
    path("ekspor/<int:pk>/unduh/", exports.export_download, name="export_download"),
    path("kantor/<slug:code>/penomoran/", number_template.numbering, name="numbering"),
    path(
        "kantor/<slug:code>/penomoran/<slug:kind>/",
        number_template.number_template,
        name="number_template",
    ),
    path("register/", register.own_register, name="own_register"),
    path("kantor/<slug:code>/register/", register.register, name="register"),
    path("kantor/<slug:code>/register/tulis/", register.number_write, name="number_write"),
    path("register/<int:pk>/batalkan/", register.number_void, name="number_void"),
]
