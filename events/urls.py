"""Addresses of events."""

from django.urls import path

from events.views import agenda, alike, attendance, check_in, events, paper, steps

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
    path("kegiatan/<int:pk>/hadir/", attendance.attendance, name="attendance"),
    path("kegiatan/hadir/<int:pk>/", attendance.attendee_edit, name="attendee_edit"),
    path("kegiatan/hadir/<int:pk>/hapus/", attendance.attendee_drop, name="attendee_drop"),
    path("kegiatan/<int:pk>/hadir/kode/", check_in.check_in_screen, name="check_in_screen"),
    path("kegiatan/<int:pk>/hadir/kode/atur/", check_in.check_in_set, name="check_in_set"),
    path("kegiatan/<int:pk>/hadir/kode/lembar/", check_in.check_in_sheet, name="check_in_sheet"),
    path("hadir/<slug:key>/", check_in.check_in, name="check_in"),
    path("hadir/<slug:key>/terima-kasih/", check_in.checked_in, name="checked_in"),
    path("kegiatan/<int:pk>/hadir/cetak/", paper.attendance_sheet, name="attendance_sheet"),
    path("kegiatan/<int:pk>/hadir/lembar/", paper.attendance_pages, name="attendance_pages"),
    path("kegiatan/hadir/lembar/<uuid:key>/", paper.attendance_page, name="attendance_page"),
    path(
        "kegiatan/hadir/lembar/<uuid:key>/hapus/",
        paper.attendance_page_drop,
        name="attendance_page_drop",
    ),
    path("kegiatan/<int:pk>/hadir/berkas/", paper.attendance_import, name="attendance_import"),
    path("kegiatan/<int:pk>/hadir/mirip/", alike.alike, name="alike"),
    path("kegiatan/hadir/mirip/<int:pk>/batal/", alike.merge_undo, name="merge_undo"),
    path("kegiatan/<int:pk>/siswa/tambah/", attendance.school_add, name="school_add"),
    path("kegiatan/siswa/<int:pk>/", attendance.school_edit, name="school_edit"),
    path("kegiatan/siswa/<int:pk>/hapus/", attendance.school_drop, name="school_drop"),
    path("kegiatan/<int:pk>/mulai/", steps.event_start, name="event_start"),
    path("kegiatan/<int:pk>/selesai/", steps.event_finish, name="event_finish"),
    path("kegiatan/<int:pk>/batal/", steps.event_cancel, name="event_cancel"),
]
