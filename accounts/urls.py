"""Addresses of people and offices."""

from django.urls import path

from accounts.views import (
    activation,
    appointments,
    invitations,
    notices,
    offices,
    people,
    roster,
    units,
)

app_name = "accounts"

urlpatterns = [
    path("kantor-saya/", offices.own_office, name="office"),
    path("pemberitahuan/", notices.notices, name="notices"),
    path("kantor-aktif/", offices.choose_office, name="choose_office"),
    path("peran/", roster.memberships, name="memberships"),
    path("kantor/", offices.offices, name="offices"),
    path("kantor/tambah/", units.office_add, name="office_add"),
    path("kantor/<slug:code>/", offices.office_detail, name="office_detail"),
    path("kantor/<slug:code>/ubah/", units.office_edit, name="office_edit"),
    path("kantor/<slug:code>/profil/", offices.office_profile, name="office_profile"),
    path("kantor/<slug:code>/lambang/", offices.office_emblem, name="office_emblem"),
    path("kantor/<slug:code>/orang/tambah/", people.member_add, name="member_add"),
    path("aktivasi/", activation.activate_by_name, name="activate_by_name"),
    path("aktivasi/<slug:key>/", activation.activate, name="activate"),
    path("undangan/<slug:token>/", invitations.invitation, name="invitation"),
    path("kantor/<slug:code>/undang/", invitations.invite, name="invite"),
    path(
        "kantor/<slug:code>/undangan/<int:pk>/kirim-ulang/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "kantor/<slug:code>/undangan/<int:pk>/tarik/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("kantor/<slug:code>/orang/<int:user_pk>/ubah/", people.member_edit, name="member_edit"),
    path(
        "kantor/<slug:code>/orang/<int:user_pk>/sandi/",
        people.member_password,
        name="member_password",
    ),
    path(
        "kantor/<slug:code>/orang/<int:user_pk>/faktor-kedua/",
        people.member_second_factor,
        name="member_second_factor",
    ),
    path("kantor/<slug:code>/pejabat-pengganti/", appointments.acting_add, name="acting_add"),
    path(
        "kantor/<slug:code>/peran/<int:pk>/sahkan/",
        appointments.membership_confirm,
        name="membership_confirm",
    ),
    path("kantor/<slug:code>/peran/<int:pk>/akhiri/", people.membership_end, name="membership_end"),
]
