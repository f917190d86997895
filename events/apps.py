"""The events app's configuration: its verbs, and what it lends to those below."""

from django.apps import AppConfig

from audit import verbs

VERBS = {
    "event.planned": "merencanakan kegiatan",
    "event.changed": "mengubah rencana kegiatan",
    "event.villages_added": "menambah desa sasaran",
    "event.villages_dropped": "melepas desa sasaran",
    "event.agenda_written": "menulis susunan acara",
    "event.agenda_dropped": "menghapus acara",
    "event.agenda_ordered": "mengurutkan susunan acara",
    "event.agenda_taken": "memakai susunan acara baku",
    "event.contributor_written": "mencatat pengisi acara",
    "event.contributor_dropped": "melepas pengisi acara",
    "event.named": "mencatat kegiatan pada usulan",
    "event.started": "memulai kegiatan",
    "event.finished": "menyatakan kegiatan selesai",
    "event.cancelled": "membatalkan kegiatan",
}


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "kegiatan"

    def ready(self) -> None:
        from events.occasions import MEETINGS  # noqa: PLC0415 - models are ready only now
        from events.record import events_of_village  # noqa: PLC0415
        from villages.meetings import provide_meetings  # noqa: PLC0415
        from villages.record import provide_events  # noqa: PLC0415

        provide_meetings(MEETINGS)
        provide_events(events_of_village)
        verbs.register(VERBS)
