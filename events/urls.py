"""Addresses of events."""

from django.urls import path

from events.views import agenda, events, steps

app_name = "events"

urlpatterns = [
    path("kegiatan/", events.events, name="events"),
    path("kegiatan/kalender/", events.calendar, name="calendar"),
    path("kegiatan/kalender.ics", events.events_ics, name="events_ics"),
    path("kegiatan/rencana/", events.event_add, name="event_add"),
    path("kegiatan/<int:pk>/", events.event, name="event"),
    path("kegiatan/<int:pk>/kegiatan.ics", events.event_ics, name="event_ics"),
    path("kegiatan/<int:pk>/ubah/", events.event_edit, name="event_edit"),
    path("kegiatan/<int:pk>/desa/", steps.event_villages, name="event_villages"),
    path("kegiatan/<int:pk>/acara/", agenda.agenda, name="agenda"),
    path("kegiatan/<int:pk>/acara/urutan/", agenda.agenda_order, name="agenda_order"),
    path("kegiatan/<int:pk>/acara/baku/", agenda.agenda_standard, name="agenda_standard"),
    path("kegiatan/acara/<int:pk>/", agenda.item_edit, name="item_edit"),
    path("kegiatan/acara/<int:pk>/hapus/", agenda.item_drop, name="item_drop"),
    path("kegiatan/acara/<int:pk>/urutan/", agenda.item_move, name="item_move"),
    path("kegiatan/<int:pk>/pengisi/tambah/", agenda.contributor_add, name="contributor_add"),
    path("kegiatan/pengisi/<int:pk>/", agenda.contributor_edit, name="contributor_edit"),
    path("kegiatan/pengisi/<int:pk>/lepas/", agenda.contributor_drop, name="contributor_drop"),
    path("kegiatan/<int:pk>/mulai/", steps.event_start, name="event_start"),
    path("kegiatan/<int:pk>/selesai/", steps.event_finish, name="event_finish"),
    path("kegiatan/<int:pk>/batal/", steps.event_cancel, name="event_cancel"),
]
