"""The events app's configuration: its verbs, and what it lends to those below."""

from itertools import chain

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
    "event.let_go": "melepas kegiatan dari usulan",
    "event.material_added": "menambahkan materi",
    "event.material_dropped": "menghapus materi",
    "event.started": "memulai kegiatan",
    "event.finished": "menyatakan kegiatan selesai",
    "event.reopened": "membuka kembali kegiatan",
    "attendee.noted": "mencatat kehadiran",
    "attendee.noted_again": "mencatat kehadiran yang baru saja dicatat",
    "attendee.completed": "melengkapi catatan kehadiran",
    "attendee.vouched": "memastikan isian mandiri",
    "attendee.identified": "mengenali sebagai undangan",
    "attendee.denied": "menyatakan bukan undangan",
    "event.arrival_taken_back": "membatalkan catatan hadir yang baru saja dibuat",
    "attendee.changed": "mengubah catatan kehadiran",
    "event.attendee_dropped": "menghapus peserta dari daftar hadir",
    "event.attendees_imported": "memasukkan daftar hadir dari berkas",
    "event.check_in_opened": "membuka daftar hadir mandiri",
    "event.check_in_closed": "menutup daftar hadir mandiri",
    "event.pin_changed": "mengganti PIN daftar hadir",
    "event.self_entered_dropped": "menghapus isian mandiri dari daftar hadir",
    "event.page_kept": "menyimpan lembar daftar hadir",
    "event.page_dropped": "menghapus lembar daftar hadir",
    "event.attendees_merged": "menggabungkan peserta",
    "event.attendees_apart": "memisahkan peserta yang mirip",
    "event.merge_undone": "membatalkan keputusan tentang peserta",
    "event.pupils_counted": "mencatat jumlah siswa",
    "event.pupils_dropped": "menghapus jumlah siswa",
    "event.cancelled": "membatalkan kegiatan",
    "event.invited": "mengundang",
    "event.invitee_dropped": "melepas undangan",
    "event.reply_noted": "mencatat jawaban undangan",
    "event.invitation_ordered": "membuat surat undangan",
    "institution.written": "mencatat alamat undangan",
    "institution.retired": "mengakhiri alamat undangan",
    "institution.restored": "memakai lagi alamat undangan",
    "event.minutes_written": "menulis notulen",
    "event.question_written": "mencatat tanya jawab",
    "event.question_dropped": "menghapus pertanyaan",
    "event.questions_ordered": "mengurutkan tanya jawab",
    "event.report_written": "menulis laporan kegiatan",
    "event.reported": "melaporkan kegiatan",
    "event.report_taken_back": "menarik laporan kegiatan",
    "event.proceedings_ordered": "membuat berita acara",
    "event.attendance_ordered": "membuat daftar hadir di atas kertas",
    "event.knowledge_written": "menulis pertanyaan cek pengetahuan",
    "event.knowledge_dropped": "menghapus pertanyaan cek pengetahuan",
    "event.knowledge_ordered": "mengurutkan pertanyaan cek pengetahuan",
    "event.knowledge_taken": "memakai pertanyaan cek pengetahuan yang siap pakai",
    "event.knowledge_opened": "membuka cek pengetahuan",
    "event.knowledge_closed": "menutup cek pengetahuan",
    "event.knowledge_withdrawn": "menarik cek pengetahuan",
    "photo.added": "menambahkan foto",
    "photo.described": "mengubah keterangan foto",
    "photo.ordered": "mengurutkan foto",
    "photo.dropped": "menghapus foto",
    "follow_up.written": "mencatat tindak lanjut",
    "follow_up.dropped": "menghapus tindak lanjut",
    "follow_up.closed": "menyelesaikan tindak lanjut",
    "follow_up.reopened": "membuka lagi tindak lanjut",
    "event.certificate_rule_written": "menetapkan aturan sertifikat",
    "event.certificates_ordered": "memesan sertifikat kehadiran",
    "event.certificate_revoked": "mencabut sertifikat kehadiran",
    "event.certificate_excluded": "mengecualikan dari sertifikat kehadiran",
    "event.certificate_taken_in": "memasukkan lagi ke sertifikat kehadiran",
    "event.certificate_named": "membetulkan nama untuk sertifikat kehadiran",
    "visit.noted": "mencatat sambang desa",
    "visit.changed": "mengubah catatan sambang desa",
    "village.visited": "mencatat sambang ke desa ini",
}


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = "kegiatan"

    def ready(self) -> None:
        from certificates import kinds  # noqa: PLC0415 - models are ready only now
        from events.attendance_prints import ATTENDANCE  # noqa: PLC0415
        from events.bundles import BUNDLES  # noqa: PLC0415
        from events.invitation_letters import INVITATION  # noqa: PLC0415
        from events.occasions import MEETINGS  # noqa: PLC0415 - models are ready only now
        from events.participation import KINDS  # noqa: PLC0415
        from events.proceedings import PROCEEDINGS  # noqa: PLC0415
        from events.record import events_of_village  # noqa: PLC0415
        from events.report import REPORT  # noqa: PLC0415
        from events.visits import visits_of, with_visits  # noqa: PLC0415
        from villages.meetings import provide_meetings  # noqa: PLC0415
        from villages.officers import VisitSide, provide_visits  # noqa: PLC0415
        from villages.record import provide_events  # noqa: PLC0415

        provide_meetings(MEETINGS)
        provide_events(events_of_village)
        for letter in (INVITATION, REPORT, PROCEEDINGS, ATTENDANCE):
            kinds.register_letter(letter)
        for kind in KINDS:
            kinds.register(kind)
        for export in chain.from_iterable(bundle.kinds for bundle in BUNDLES):
            kinds.register_export(export)
        provide_visits(VisitSide(with_visits, visits_of))
        verbs.register(VERBS)
