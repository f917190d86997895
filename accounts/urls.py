"""Addresses of people and offices."""

from django.urls import path

from accounts.views import offices, people

app_name = "accounts"

urlpatterns = [
    path("kantor-saya/", offices.own_office, name="office"),
    path("kantor-aktif/", offices.choose_office, name="choose_office"),
    path("kantor/", offices.offices, name="offices"),
    path("kantor/<slug:code>/", offices.office_detail, name="office_detail"),
    path("kantor/<slug:code>/profil/", offices.office_profile, name="office_profile"),
    path("kantor/<slug:code>/lambang/", offices.office_emblem, name="office_emblem"),
    path("kantor/<slug:code>/orang/tambah/", people.member_add, name="member_add"),
    path(
        "kantor/<slug:code>/orang/<int:user_pk>/sandi/",
        people.member_password,
        name="member_password",
    ),
    path("kantor/<slug:code>/peran/<int:pk>/akhiri/", people.membership_end, name="membership_end"),
]
