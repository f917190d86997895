"""Every page of the portal, in every state, and who stands before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from tests.browser.scene import EVENTS, Scene

type Keys = Callable[[Scene], list[object]]

CRITERION = "migrant-pocket"
TODAY = timezone.localdate().isoformat()
KECAMATAN = "?pilih=33.07.06"  # of which everything that waits is chosen

# A number of the correspondence system, with its day.
SIGNED_ELSEWHERE = {"Nomor yang diberikan": "W.15-1", "Tanggal surat": "2026-01-05"}

# Addresses that show no page of their own.
NOT_PAGES = {
    # what a button does; the page that follows is elsewhere in the table
    "accounts:choose_office",
    "villages:criterion_move",
    "villages:criterion_toggle",
    "session_end",
    "sessions_end",
    "accounts:invitation_resend",
    "accounts:invitation_withdraw",
    "villages:edition_apply",
    "villages:edition_abandon",
    "villages:submit",
    "events:event_start",
    "events:event_finish",
    "events:event_reopen",
    "events:report_take_back",
    "events:agenda_order",
    "events:agenda_standard",
    "events:item_move",
    "events:item_drop",
    "events:contributor_drop",
    "events:school_drop",
    "events:certificates_export",
    "events:letters_export",
    "events:attendee_take_in",
    "events:contributor_take_in",
    "events:check_in_set",
    "events:attendance_page_drop",
    "events:attendee_identify",
    "events:attendee_deny",
    "events:arrival_take_back",
    "events:merge_undo",
    "events:invitees_heads",
    "events:invitee_came",
    "events:invitee_drop",
    "events:institution_retire",
    "events:institution_restore",
    "events:photo",
    "events:material",
    "events:material_drop",
    "events:photo_move",
    "events:photo_drop",
    "events:question_move",
    "events:question_drop",
    "events:knowledge_ready",
    "events:knowledge_set",
    "events:knowledge_question_move",
    "events:knowledge_question_drop",
    "events:follow_up_close",
    "events:follow_up_drop",
    "villages:decline_revocation",
    "villages:document_remove",
    "villages:import_officer",
    "villages:import_drop_doubtful",
    "villages:import_row_drop",
    "villages:import_row_restore",
    "villages:import_ask_again",
    "villages:village_profile_drop",
    "villages:contact_drop",
    "villages:village_document_drop",
    # files
    "villages:document",
    "events:event_ics",
    "events:attendance_page",
    "events:participation_download",
    "events:shared_event_ics",
    "events:shared_letter_file",
    "events:events_ics",
    "villages:import_template",
    "villages:import_refusals",
    "villages:village_document",
    "certificates:download",
    "reports:recap_download",
    "certificates:export_download",
    "certificates:letter_download",
    "certificates:letter_original",
    "certificates:original",
    "certificates:scan",
    "accounts:office_emblem",
    # leads to the right office, or to the same address in small letters
    "certificates:own_register",
    "certificates:verify_shouted",
    "certificates:verify_shouted_form",
    "accounts:office",
    # open only with a password that was just typed: tests/accounts/test_second_factor.py
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    # for machines
    "healthz",
    "readyz",
}


@dataclass(frozen=True)
class Place:
    """A page as one person sees it; `fill` and `press` go on from there by its form."""

    name: str
    who: str
    keys: Keys = lambda _: []
    query: str = ""
    names: Keys = lambda _: []  # what the query names, for its braces
    status: int = 200
    says: str = ""
    fill: Mapping[str, str] = field(default_factory=dict)
    press: str = ""

    def address(self, scene: Scene) -> str:
        """Where it is in this scene."""
        query = self.query.format(*self.names(scene))
        return reverse(self.name, args=self.keys(scene)) + query

    @property
    def is_plain(self) -> bool:
        """Whether looking is all it takes."""
        return not self.press

    def __str__(self) -> str:
        steps = [self.name, self.who, self.query, self.press, self.says]
        return " ".join(filter(None, steps))


def sheet(state: str, *more: str) -> Keys:
    """The keys of a sheet in this state."""
    return lambda scene: [scene.sheets[state].pk, *more]


def village(state: str, *more: str) -> Keys:
    """The keys of the village of the sheet in this state."""
    return lambda scene: [scene.sheets[state].village_id, *more]


def officer(scene: Scene) -> list[object]:
    """The key of the officer who hands over."""
    return [scene.officer.pk]


def sent_by(scene: Scene) -> list[object]:
    """The key of a surat tugas."""
    return [scene.sent_by.pk]


def region(state: str) -> Keys:
    """The code of the region of the sheet in this state."""
    return lambda scene: [scene.sheets[state].village.region.code]


def sk(state: str) -> Keys:
    """The keys of the decree of the sheet in this state."""
    return lambda scene: [scene.sheets[state].decree_id]


def paper(state: str) -> Keys:
    """The code of the certificate of the sheet in this state."""
    return lambda scene: [scene.sheets[state].certificate.code]


def office(scene: Scene) -> list[object]:
    """The code of the office."""
    return [scene.office.code]


def shut(_: Scene) -> list[object]:
    """The code of an office that was closed."""
    return ["kanim-tutup"]


def pattern(scene: Scene) -> list[object]:
    """The office, and the kind of its certificates."""
    return [scene.office.code, "designation"]


def event(state: str) -> Keys:
    """The key of the event in this state."""
    return lambda scene: [scene.events[state].pk]


def agenda_item(scene: Scene) -> list[object]:
    """The key of an item of an agenda."""
    return [scene.events["planned"].agenda.first().pk]


def guest(state: str) -> Keys:
    """The key of somebody who is invited, with this answer or none."""

    def keys(scene: Scene) -> list[object]:
        return [scene.events["planned"].invitees.filter(reply=state).first().pk]

    return keys


def institution(state: str) -> Keys:
    """The key of an entry of the address book."""
    return lambda scene: [scene.institutions[state].pk]


def contributor(scene: Scene) -> list[object]:
    """The key of somebody who does something at an event."""
    return [scene.events["planned"].contributors.first().pk]


def attendee(scene: Scene) -> list[object]:
    """The key of somebody who came to an event."""
    return [scene.events["planned"].attendees.first().pk]


def lacking(people: str) -> Keys:
    """The key of somebody of that list who has no certificate, and whom nobody excluded."""

    def keys(scene: Scene) -> list[object]:
        its = getattr(scene.events["certified"], people)
        return [its.filter(participations=None, exclusions=None).first().pk]

    return keys


def closed(people: str, name: str) -> Keys:
    """The key of somebody of this name on that list of an event that was reported."""

    def keys(scene: Scene) -> list[object]:
        return [getattr(scene.events["closed"], people).get(name__startswith=name).pk]

    return keys


def school(scene: Scene) -> list[object]:
    """The key of a class that came to an event."""
    return [scene.events["planned"].school_counts.first().pk]


# A time in which everybody entered themselves.
EVER = "?since_day=2000-01-01&since=00:00&until_day=2999-12-31&until=00:00"


def door(scene: Scene) -> list[object]:
    """The key under which people enter themselves at an event."""
    return [scene.events["planned"].check_in.key]


def shut_door(scene: Scene) -> list[object]:
    """The same of an event that is still to come."""
    return [scene.events["coming"].check_in.key]


def held(state: str) -> Keys:
    """The key under which whoever came fetches their certificate, which stands like this."""
    return lambda scene: [scene.participations[state].key]


def of_who_came(state: str) -> Keys:
    """The code of that certificate."""
    return lambda scene: [scene.participations[state].certificate.code]


def shared(state: str) -> Keys:
    """The key of the short link of the event in this state."""
    return lambda scene: [scene.events[state].share_key]


def shared_letter(scene: Scene) -> list[object]:
    """The key with which those who are invited read their letter."""
    return [scene.invited_by.invitation_letter.share_key]


def invited_by(scene: Scene) -> list[object]:
    """The key of a letter that invites."""
    return [scene.invited_by.pk]


def follow_up(scene: Scene) -> list[object]:
    """The key of what is to be done after an event."""
    return [scene.events["planned"].follow_ups.first().pk]


def question(scene: Scene) -> list[object]:
    """The key of what was asked at an event."""
    return [scene.events["planned"].questions.first().pk]


def knowledge_question(scene: Scene) -> list[object]:
    """The key of a question of a knowledge check that nobody answered yet."""
    return [scene.events["running"].knowledge_checks.get().questions.first().pk]


def check(state: str) -> Keys:
    """The key under which people answer the knowledge check of the event in this state."""
    return lambda scene: [scene.events[state].knowledge_checks.get().key]


def photo(scene: Scene) -> list[object]:
    """The key of a photo of an event."""
    return [scene.events["planned"].photos.first().key]


def speaker(scene: Scene) -> list[object]:
    """The key of a speaker who brought something."""
    return [scene.events["planned"].contributors.exclude(materials=None).first().pk]


def visit(scene: Scene) -> list[object]:
    """The key of a visit."""
    return [scene.visit.pk]


def imported(state: str) -> Keys:
    """The key of the import in this state."""
    return lambda scene: [scene.imports[state].pk]


def doubtful_row(scene: Scene) -> list[object]:
    """The key of a row that waits for somebody."""
    return [scene.imports["doubtful"].rows.get(status="doubtful").pk]


def exported(state: str) -> Keys:
    """The key of the export in this state."""
    return lambda scene: [scene.exports[state].pk]


def code(text: str) -> Keys:
    """Whatever somebody types after /v/."""
    return lambda _: [text]


def criterion(scene: Scene) -> list[object]:
    """A criterion that a sheet has ticked."""
    return [scene.sheets["complete"].findings.first().criterion_id]


def edition(scene: Scene) -> list[object]:
    """An edition of the regions that retires nearly all that there are."""
    return [scene.edition.pk]


def card(scene: Scene) -> list[object]:
    """What the QR code of an activation card carries."""
    return [scene.card.key]


def keeper(scene: Scene) -> list[object]:
    """Somebody of the office who has a second factor."""
    return [scene.office.code, scene.people["keeper"].pk]


def invitation(scene: Scene) -> list[object]:
    """What the link of a mailed invitation carries."""
    return [scene.invitation.token]


def reset_key(scene: Scene) -> list[object]:
    """What the link of a mailed reset carries."""
    from allauth.account.forms import default_token_generator  # noqa: PLC0415 - needs the apps
    from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415 - needs the apps

    user = scene.people["nobody"]
    return [user_pk_to_url_str(user), default_token_generator.make_token(user)]


DESKS = [
    *(
        Place("reports:desk", who)
        for who in ["staff", "head", "acting", "admin", "national", "observer", "villager"]
    ),
    Place("reports:desk", "guide", says="Desa binaan saya"),
    Place("reports:desk", "staff", says="Undangan belum dijawab"),
    Place("reports:desk", "newcomer", says="Tidak ada draf"),
    Place("reports:desk", "nobody", says="Akun Anda belum memiliki peran"),
    Place("reports:recap", "staff"),
    Place("reports:recap", "observer"),
    Place("reports:recap", "national"),
    Place("reports:recap", "head", query="?wilayah=33.07"),
    Place("reports:recap", "newcomer", says="Belum ada wilayah untuk direkap"),
    Place("reports:recap", "villager", status=403),
    *(
        Place(f"reports:recap_{part}", who)
        for part in ["villages", "officers", "waiting", "report", "export"]
        for who in ["staff", "observer"]
    ),
    Place("reports:recap", "observer", query="?wilayah=33&periode=2025"),
    Place("reports:recap_villages", "staff", query="?q=tidakada", says="Tidak ada desa yang cocok"),
    Place("reports:recap_villages", "newcomer", says="Belum ada wilayah untuk direkap"),
    Place("reports:recap_officers", "newcomer", says="Belum ada PIMPASA yang bertugas"),
    Place("reports:recap_waiting", "newcomer", says="Belum ada usulan yang diputuskan"),
    Place("reports:recap_waiting", "head", query="?dari=2026-01-01&sampai=2026-02-01"),
    *(Place("reports:recap_outreach", who) for who in ("staff", "observer", "national")),
    Place("reports:recap_outreach", "staff", query="?wilayah=33.07.06"),
    Place("reports:recap_outreach", "newcomer", says="Belum ada kegiatan maupun"),
]

LISTS = [
    *(
        Place(name, who)
        for name in ["villages:designations", "villages:villages"]
        for who in ["staff", "head", "admin", "national", "observer"]
    ),
    Place("villages:designations", "staff", query="?q=tidakada", says="Tidak ada yang cocok"),
    Place("villages:designations", "staff", query="?q=suka&status=draft"),
    Place("villages:designations", "newcomer", says="Belum ada usulan"),
    Place("villages:villages", "staff", query="?q=tidakada", says="Tidak ada yang cocok"),
    Place("villages:villages", "newcomer", says="Belum ada desa"),
    Place("accounts:offices", "national"),
    Place("accounts:offices", "national", query="?q=tidakada", says="Tidak ada kantor yang cocok"),
    Place("accounts:offices", "national", query="?keadaan=closed", says="Ditutup"),
    *(Place("accounts:memberships", who) for who in ["admin", "national", "observer"]),
    Place("accounts:memberships", "national", query="?keadaan=unprotected"),
    Place("accounts:memberships", "national", query="?kurang=head", says="Tidak ada"),
    Place("accounts:memberships", "observer", query="?keadaan=soon"),
    Place("accounts:memberships", "admin", query="?q=tidakada", says="Tidak ada yang cocok"),
    Place("accounts:memberships", "head", status=403, says="administrator kantor dan pengamat"),
]

SHEETS = [
    *(
        Place("villages:designation", who, sheet(state))
        for who, states in {
            "staff": "draft complete submitted returned rejected unnumbered ordered struggling "
            "ready requested revoked ended withdrawn own",
            "head": "complete submitted unnumbered ready requested",
            "acting": "own",
            "admin": "submitted ready",
            "observer": "submitted ready",
            "villager": "submitted returned rejected unnumbered ordered ready revoked ended",
        }.items()
        for state in states.split()
    ),
    Place("villages:propose", "staff", says="Ketik sedikitnya dua huruf"),
    Place("villages:propose", "staff", query="?q=suka", says="Diajukan"),
    Place("villages:propose", "staff", query="?q=pakuncen", says="Desa Pakuncen"),
    Place("villages:propose", "staff", query="?q=tidakada", says="Tidak ada desa dengan nama itu"),
    Place("villages:propose", "newcomer", says="Wilayah kerja kantor ini belum tercatat"),
    Place("villages:findings", "staff", sheet("draft")),
    Place("villages:findings", "staff", sheet("complete"), says="Diisi"),
    Place("villages:finding", "staff", sheet("draft", CRITERION)),
    Place("villages:finding", "staff", sheet("complete", CRITERION), says="bukti.pdf"),
    Place("villages:finding", "staff", sheet("draft", CRITERION), press="Simpan"),
    Place("villages:finding_drop", "staff", sheet("complete", CRITERION), says="bukti.pdf"),
    Place("villages:coordination", "staff", sheet("draft")),
    Place("villages:coordination", "staff", sheet("draft"), press="Simpan"),
    Place("villages:consent", "staff", sheet("draft")),
    Place("villages:consent", "staff", sheet("complete"), says="Pindaian yang tersimpan"),
    Place("villages:consent", "staff", sheet("draft"), press="Simpan"),
    Place("villages:review", "staff", sheet("complete")),
    Place("villages:review", "staff", sheet("draft"), says="Belum ada kriteria yang diisi"),
    Place("villages:withdraw", "staff", sheet("draft")),
    Place("villages:withdraw", "staff", sheet("draft"), press="Tarik usulan"),
    Place("villages:approve", "head", sheet("submitted")),
    Place(
        "villages:approve",
        "head",
        sheet("submitted"),
        fill={"Nomor SK": "W.13-1", "Tentang": ""},
        press="Periksa keputusan",
    ),
    Place(
        "villages:approve",
        "head",
        sheet("submitted"),
        fill={"Nomor SK": "W.13-1", "Tanggal SK": "2026-03-02"},
        press="Periksa keputusan",
        says="Yang Anda tetapkan",
    ),
    Place("villages:approve", "acting", sheet("own"), status=403, says="ikut menyiapkan"),
    Place("villages:return", "head", sheet("submitted")),
    Place("villages:return", "head", sheet("submitted"), press="Kembalikan ke petugas"),
    Place("villages:reject", "head", sheet("submitted")),
    Place("villages:reject", "head", sheet("submitted"), press="Tolak usulan"),
    *(
        Place("villages:waiting", who, query=KECAMATAN, says="desa dipilih")
        for who in ["staff", "head", "acting"]
    ),
    Place("villages:waiting", "head", query="?wilayah=33.07", says="Lanjut ke SK"),
    Place("villages:waiting", "newcomer", says="Tidak ada usulan yang menunggu keputusan"),
    Place("villages:waiting", "observer", status=403),
    Place("villages:approve_all", "head", says="Pilih sedikitnya satu usulan"),
    Place("villages:approve_all", "head", query=KECAMATAN, says="Desa yang dipilih"),
    Place(
        "villages:approve_all",
        "head",
        query=KECAMATAN,
        press="Periksa keputusan",
        says="Dipesan dan diberi nomor setelah",
    ),
    Place(
        "villages:approve_all",
        "head",
        query=KECAMATAN,
        fill={"Nomor SK": "W.13-1", "Tanggal SK": "2026-03-02"},
        press="Periksa keputusan",
        says="Bila sertifikat lain dipesan lebih dahulu",
    ),
    Place("villages:approve_all", "staff", status=403),
    *(
        Place("villages:decree", who, sk(state))
        for who, state in [
            ("staff", "ready"),
            ("staff", "ordered"),
            ("staff", "struggling"),
            ("staff", "unnumbered"),
            ("observer", "ready"),
        ]
    ),
    Place("villages:decree_edit", "head", sk("unnumbered")),
    Place("villages:decree_edit", "head", sk("unnumbered"), fill={"Tentang": ""}, press="Simpan"),
    Place("villages:decree_draft", "staff", query="?usulan=1", says="Desa dalam lampiran"),
    Place("villages:decree_draft", "staff", press="Buat draf SK", says="Pilih sedikitnya satu"),
    Place("villages:decree_draft", "newcomer", says="Belum ada desa untuk SK"),
    Place("villages:decree_number", "staff", sheet("unnumbered")),
    Place("villages:decree_number", "staff", sheet("unnumbered"), press="Periksa nomor SK"),
    Place(
        "villages:decree_number",
        "staff",
        sheet("unnumbered"),
        fill={"Nomor SK": "W.13-7", "Tanggal SK": "2026-01-05"},
        press="Periksa nomor SK",
        says="Catat dan pesan sertifikat",
    ),
    Place("villages:decree_number", "staff", sheet("ready"), says="sudah tercatat"),
    Place("villages:ceremony", "staff", sheet("ordered")),
    Place("villages:ceremony", "staff", sheet("ordered"), press="Simpan"),
    Place("villages:revocation_request", "staff", sheet("ready")),
    Place(
        "villages:revocation_request",
        "staff",
        sheet("ready"),
        press="Sampaikan usul pencabutan",
    ),
    Place("villages:revoke", "head", sheet("requested")),
    Place("villages:revoke", "head", sheet("requested"), press="Periksa pencabutan"),
    Place(
        "villages:revoke",
        "head",
        sheet("requested"),
        fill={"Nomor SK pencabutan": "W.13-7", "Tanggal SK pencabutan": TODAY},
        press="Periksa pencabutan",
        says="Yang Anda cabut",
    ),
    Place("villages:revoke", "head", sheet("requested"), press="Pertahankan penetapan"),
    Place("villages:revoke", "head", sheet("ready"), says="Tidak ada usul pencabutan"),
    Place("villages:end", "head", sheet("ready")),
    Place("villages:end", "head", sheet("ready"), press="Akhiri masa pembinaan"),
    Place("villages:end", "staff", sheet("ready"), status=403),
]

VILLAGES = [
    *(
        Place("villages:village", who, village("ready"))
        for who in ["staff", "admin", "observer", "villager", "guide"]
    ),
    Place("events:events", "staff"),
    Place("events:events", "staff", query="?q=tidak+ada", says="Tidak ada yang cocok"),
    *(
        Place("events:events", who)
        for who in ("newcomer", "observer", "villager", "guide", "nobody")
    ),
    Place("events:calendar", "staff"),
    Place("events:calendar", "staff", query="?bulan=2020-01", says="Tidak ada kegiatan"),
    Place("events:calendar", "observer"),
    Place("events:calendar", "villager"),
    *(Place("events:event", "staff", event(state)) for state in EVENTS),
    *(Place("events:event", who, event("planned")) for who in ("head", "observer", "villager")),
    Place("events:event", "villager", event("cancelled"), says="Camat berhalangan"),
    Place("events:event_add", "staff"),
    Place("events:event_add", "staff", press="Simpan dan pilih desa"),
    Place("events:event_add", "head", status=403),
    Place("events:event_edit", "staff", event("planned")),
    Place("events:event_edit", "staff", event("planned"), fill={"Tempat": ""}, press="Simpan"),
    Place("events:event_villages", "staff", event("planned")),
    Place("events:event_villages", "staff", event("planned"), query="?q=selomerto"),
    Place("events:event_villages", "staff", event("planned"), query="?q=xyzzy", says="Tidak ada"),
    Place("events:agenda", "staff", event("planned")),
    Place("events:agenda", "staff", event("coming"), says="Pakai susunan acara baku"),
    Place("events:agenda", "staff", event("planned"), press="Tambah acara"),
    Place("events:item_edit", "staff", agenda_item),
    Place("events:item_edit", "staff", agenda_item, fill={"Acara": ""}, press="Simpan"),
    Place("events:contributor_add", "staff", event("planned")),
    Place("events:contributor_add", "staff", event("planned"), press="Simpan"),
    Place("events:contributor_edit", "staff", contributor),
    Place("events:attendance", "staff", event("planned")),
    Place("events:attendance", "staff", event("planned"), query="?q=xyzzy", says="Tidak ada yang"),
    Place("events:attendance", "staff", event("planned"), press="Catat hadir"),
    Place(
        "events:attendance",
        "staff",
        event("planned"),
        query="?undangan={}",
        names=guest(""),
        says="Untuk undangan",
    ),
    Place("events:attendance", "staff", event("planned"), query="?q=pols", says="Orang lain"),
    Place("events:attendance", "staff", event("planned"), query="?q=wahyu", says="Ya, ini orang"),
    Place("events:attendance", "staff", event("coming"), says="Daftar hadir diisi mulai"),
    Place("events:attendance", "observer", event("planned")),
    Place("events:attendee_edit", "staff", attendee),
    Place("events:attendee_edit", "staff", attendee, fill={"Nama": ""}, press="Simpan"),
    Place("events:attendee_drop", "staff", attendee),
    Place("events:attendee_drop", "staff", attendee, press="Hapus dari daftar hadir"),
    Place("events:school_add", "staff", event("planned")),
    Place("events:school_add", "staff", event("planned"), press="Simpan"),
    Place("events:school_edit", "staff", school),
    Place("events:attendance_sheet", "staff", event("planned")),
    Place(
        "events:attendance_sheet",
        "staff",
        event("planned"),
        fill={"Baris kosong": "9999"},
        press="Buat PDF",
    ),
    Place("events:attendance_pages", "staff", event("planned")),
    Place("events:attendance_pages", "observer", event("planned")),
    Place("events:attendance_pages", "staff", event("planned"), press="Simpan lembar"),
    Place("events:attendance_import", "staff", event("planned")),
    Place("events:attendance_import", "staff", event("planned"), press="Baca berkas"),
    Place("events:alike", "staff", event("planned")),
    Place("events:alike", "staff", event("running"), says="Tidak ada yang perlu diperiksa"),
    Place("events:check_in_screen", "staff", event("planned")),
    Place("events:check_in_screen", "staff", event("running"), says="Buka daftar hadir mandiri"),
    Place("events:check_in_screen", "staff", event("running"), query="?layar=penuh"),
    Place("events:check_in_screen", "staff", event("cancelled"), says="tidak diisi lagi"),
    Place("events:check_in_sheet", "staff", event("planned")),
    Place("events:check_in_clear", "staff", event("planned"), query=EVER, says="Yang dihapus"),
    Place("events:check_in_clear", "staff", event("planned"), press="Hitung"),
    Place(
        "events:check_in_clear", "staff", event("planned"), query=EVER, press="Hapus yang dicentang"
    ),
    Place("events:check_in_clear", "staff", event("running"), says="Belum ada yang"),
    Place("events:check_in", "stranger", door),
    Place("events:check_in", "stranger", door, press="Saya hadir"),
    Place("events:check_in", "stranger", shut_door, status=410, says="tidak dibuka sekarang"),
    Place("events:checked_in", "stranger", door),
    Place("events:certificates", "staff", event("certified")),
    Place("events:certificates", "staff", event("certifying"), says="belum berhasil"),
    Place("events:certificates", "staff", event("finished"), says="Tentukan penerima"),
    Place("events:certificates", "staff", event("coming"), says="dinyatakan selesai"),
    Place("events:certificates", "staff", event("certified"), query="?q=xyzzy", says="yang cocok"),
    Place("events:certificates", "observer", event("certified")),
    Place("events:certificates", "observer", event("finished"), says="Belum ada sertifikat"),
    Place("events:certificate_rule", "staff", event("finished")),
    Place(
        "events:certificate_rule",
        "staff",
        event("certified"),
        fill={"Nama penanda tangan": ""},
        press="Simpan dan periksa",
    ),
    Place("events:certificates_check", "staff", event("certified"), says="Yang akan dicetak"),
    Place("events:certificates_check", "staff", event("certified"), says="dua sertifikat"),
    Place(
        "events:certificates_check",
        "staff",
        event("certified"),
        query="?tampil=tidak",
        says="Hanya mengantar",
    ),
    Place("events:attendee_exclude", "staff", lacking("attendees")),
    Place("events:attendee_exclude", "staff", lacking("attendees"), press="Kecualikan"),
    Place("events:contributor_exclude", "staff", lacking("contributors")),
    Place("events:attendee_certificate_name", "staff", closed("attendees", "Susulan")),
    Place(
        "events:attendee_certificate_name",
        "staff",
        closed("attendees", "Susulan"),
        fill={"Nama pada sertifikat": ""},
        press="Simpan",
    ),
    Place(
        "events:attendee_certificate_name", "staff", closed("attendees", "Penerima"), says="Cabut"
    ),
    Place("events:contributor_certificate_name", "staff", closed("contributors", "Susanti")),
    Place(
        "events:certificates_check",
        "staff",
        event("closed"),
        query="?tampil=mirip",
        says="Mirip orang lain",
    ),
    Place("events:alike", "staff", event("closed"), says="Kecualikan yang pertama"),
    Place("events:certificates_check", "staff", event("certified"), query="?tampil=punya"),
    Place("events:certificates_check", "staff", event("certifying"), says="sudah punya"),
    Place("events:certificate_revoke", "staff", lambda s: [s.participations["ready"].pk]),
    Place(
        "events:certificate_revoke",
        "staff",
        lambda s: [s.participations["ready"].pk],
        press="Cabut sertifikat",
    ),
    Place("events:participation", "stranger", held("ready"), says="Unduh sertifikat"),
    Place("events:participation", "stranger", held("waiting"), says="sedang disiapkan"),
    Place("events:participation", "stranger", held("revoked"), says="telah dicabut"),
    Place("events:participation", "stranger", held("replaced"), says="telah diganti"),
    Place("events:participation", "stranger", code("aaaaaaaaaaaa"), status=404),
    Place("events:event", "staff", event("certified"), says="Semua sertifikat"),
    Place("certificates:certificate", "staff", of_who_came("ready"), says="Beri tahu pemegangnya"),
    Place("certificates:certificate", "staff", of_who_came("replaced"), says="telah diganti"),
    Place("certificates:verify", "stranger", of_who_came("ready"), says="Sosialisasi certified"),
    Place("certificates:export", "staff", exported("archive"), says="Isinya tidak berlaku lagi"),
    *(Place("events:shared_event", "stranger", shared(it)) for it in ("planned", "finished")),
    Place("events:shared_event", "stranger", shared("cancelled"), says="dibatalkan"),
    Place("events:shared_event", "staff", shared("planned"), says="Buka di portal"),
    Place("events:shared_letter", "stranger", shared_letter, says="Unduh surat"),
    Place("certificates:letter", "staff", invited_by, says="Bagikan lewat WhatsApp"),
    *(Place("events:invitees", "staff", event(state)) for state in ("planned", "cancelled")),
    Place("events:invitees", "staff", event("coming"), says="Belum ada yang diundang"),
    Place("events:invitees", "staff", event("planned"), query="?q=xyzzy", says="yang cocok"),
    Place("events:invitees", "observer", event("planned")),
    Place("events:invitees", "villager", event("planned"), status=403),
    Place("events:invitees_choose", "staff", event("planned")),
    Place("events:invitees_choose", "staff", event("planned"), query="?q=xyzzy", says="yang cocok"),
    Place("events:invitee_add", "staff", event("planned")),
    Place("events:invitee_add", "staff", event("planned"), press="Undang"),
    Place("events:invitation", "staff", event("planned")),
    Place("events:invitation", "staff", event("coming"), says="Belum ada yang diundang"),
    Place("events:invitation", "staff", event("planned"), press="Periksa surat"),
    Place("events:invitation", "staff", event("planned"), fill={"Hal": ""}, press="Periksa surat"),
    Place("events:invitee", "staff", guest("")),
    Place("events:invitee", "staff", guest("represented")),
    Place("events:institutions", "staff"),
    Place("events:institutions", "staff", query="?q=tidak+ada", says="Tidak ada yang cocok"),
    Place("events:institutions", "head", status=403),
    Place("events:institution_add", "staff"),
    Place("events:institution_add", "staff", press="Simpan"),
    Place("events:institution_edit", "staff", institution("current")),
    Place("events:institution_edit", "staff", institution("retired"), says="Pakai lagi"),
    Place("events:minutes", "staff", event("planned")),
    Place("events:minutes", "staff", event("coming"), press="Simpan"),
    Place("events:event", "staff", event("void"), says="Nomor laporan kegiatan ini dibatalkan"),
    Place("events:event", "observer", event("reported"), says="LAP-"),
    Place("events:report", "staff", event("finished"), says="Usulan, disusun dari"),
    Place("events:report", "staff", event("running"), fill={"A.1 Umum": ""}, press="Simpan dahulu"),
    Place("events:report_file", "staff", event("finished")),
    Place("events:report_file", "staff", event("finished"), press="Periksa laporan"),
    Place(
        "events:report_file",
        "staff",
        event("finished"),
        fill=SIGNED_ELSEWHERE,
        press="Periksa laporan",
        says="Yang akan dicetak",
    ),
    Place("events:proceedings", "staff", event("finished")),
    Place("events:proceedings", "staff", event("finished"), press="Periksa berita acara"),
    Place(
        "events:proceedings",
        "staff",
        event("reported"),
        fill=SIGNED_ELSEWHERE,
        press="Periksa berita acara",
        says="Yang akan dicetak",
    ),
    Place("events:press_release", "staff", event("finished"), says="Siaran pers"),
    Place("events:questions", "staff", event("planned")),
    Place("events:questions", "staff", event("coming"), press="Tambah pertanyaan"),
    Place("events:question_edit", "staff", question),
    Place("events:question_edit", "staff", question, fill={"Penanya": ""}, press="Simpan"),
    Place("events:knowledge", "staff", event("planned"), says="Sedang dibuka"),
    Place("events:knowledge", "staff", event("running"), says="Buka untuk peserta"),
    Place("events:knowledge", "staff", event("finished"), says="Hasil"),
    Place("events:knowledge", "staff", event("coming"), says="siap pakai"),
    Place("events:knowledge", "staff", event("coming"), press="Tambah pertanyaan"),
    Place("events:knowledge_question", "staff", knowledge_question),
    Place(
        "events:knowledge_question",
        "staff",
        knowledge_question,
        fill={"Pilihan B": ""},
        press="Simpan",
    ),
    Place("events:knowledge_poster", "staff", event("planned")),
    Place("events:knowledge_poster", "staff", event("running"), says="belum dibuka"),
    Place("events:knowledge_withdraw", "staff", event("finished")),
    Place("events:knowledge_withdraw", "staff", event("finished"), press="Tarik cek pengetahuan"),
    Place("events:knowledge_sheet", "stranger", check("planned")),
    Place("events:knowledge_sheet", "stranger", check("planned"), press="Kirim jawaban"),
    Place("events:knowledge_sheet", "stranger", check("running"), status=410, says="tidak dibuka"),
    Place("events:knowledge_thanks", "stranger", check("planned")),
    Place("events:photos", "staff", event("planned")),
    Place("events:photos", "staff", event("planned"), press="Simpan foto", says="Pilih foto"),
    Place("events:visit_photos", "staff", visit),
    Place("events:photo_edit", "staff", photo),
    Place("events:photo_edit", "staff", photo, fill={"Keterangan": "<b>"}, press="Simpan"),
    Place("events:material_add", "staff", speaker),
    Place("events:material_add", "staff", speaker, press="Simpan materi", says="Pilih berkas"),
    Place("events:follow_up_add", "staff", event("planned")),
    Place("events:follow_up_add", "staff", event("planned"), press="Simpan"),
    Place("events:follow_up_edit", "staff", follow_up),
    Place(
        "events:follow_up_edit",
        "staff",
        follow_up,
        fill={"Yang perlu dikerjakan": ""},
        press="Simpan",
    ),
    *(Place("events:visits", who) for who in ("staff", "observer", "guide", "newcomer")),
    Place("events:visits", "staff", query="?q=tidak+ada", says="Tidak ada yang cocok"),
    *(Place("events:visit", who, visit) for who in ("staff", "observer", "guide")),
    Place("events:visit_add", "guide"),
    Place("events:visit_add", "staff"),
    Place("events:visit_add", "guide", press="Simpan"),
    Place("events:visit_add", "newcomer", says="Belum ada penugasan"),
    Place("events:visit_edit", "staff", visit),
    Place("events:visit_edit", "staff", visit, fill={"Menemui": ""}, press="Simpan"),
    Place("events:visit_follow_up_add", "staff", visit),
    Place("events:event_cancel", "staff", event("planned")),
    Place("events:event_cancel", "staff", event("planned"), press="Batalkan kegiatan"),
    Place("villages:village", "staff", village("draft"), says="Belum ada kontak desa"),
    Place("villages:village_edit", "staff", village("ready")),
    Place(
        "villages:village_edit",
        "staff",
        village("ready"),
        fill={"Tautan grup WhatsApp": "grup desa"},
        press="Simpan",
        says="Salin tautan undangan",
    ),
    Place("villages:village_move", "national", village("ready")),
    Place(
        "villages:village_move",
        "national",
        village("ready"),
        query="?kantor=kanim-lain",
        says="Yang akan terjadi",
    ),
    Place(
        "villages:village_move",
        "national",
        village("submitted"),
        query="?kantor=kanim-lain",
        says="Tetap dahulu",
    ),
    Place(
        "villages:village_move",
        "national",
        village("ready"),
        query="?kantor=kanim-lain",
        press="Alihkan desa",
    ),
    Place("villages:office_receive", "national", lambda _: ["kanim-lain"]),
    Place("villages:office_receive", "national", lambda _: ["kanim-lain"], query="?q=wono"),
    Place(
        "villages:office_receive",
        "national",
        lambda _: ["kanim-lain"],
        query="?wilayah=33.07",
        says="Yang akan terjadi",
    ),
    Place("villages:village_location", "staff", village("ready")),
    Place(
        "villages:village_location",
        "staff",
        village("ready"),
        fill={"Lintang": "7,35", "Bujur": "109,9"},
        press="Simpan letak",
        says="di luar Indonesia",
    ),
    *(
        Place("villages:village_profile", who, village("ready"), says="DESBUMI")
        for who in ["staff", "observer", "villager"]
    ),
    Place("villages:village_profile", "staff", village("draft"), says="Belum ada angka"),
    *(
        Place("villages:village_profile_add", "staff", village("ready", part), press=press)
        for part in ["program", "pekerja-migran", "perjanjian"]
        for press in ["", "Simpan"]
    ),
    Place(
        "villages:village_profile_edit",
        "staff",
        lambda s: [s.sheets["ready"].village_id, "program", s.programme.pk],
        says="Salah catat?",
    ),
    Place("villages:village_document_add", "staff", village("ready")),
    Place("villages:village_document_add", "staff", village("ready"), press="Simpan dokumen"),
    Place("villages:head_change", "staff", village("ready"), says="Slamet Riyanto"),
    Place("villages:head_change", "staff", village("draft"), press="Simpan kepala desa"),
    Place("villages:contact_add", "staff", village("ready")),
    Place("villages:contact_add", "staff", village("ready"), press="Simpan"),
    Place("villages:contact_edit", "staff", lambda s: [s.contact.pk], says="Salah catat?"),
    Place(
        "villages:contact_edit",
        "staff",
        lambda scene: [scene.contact.pk],
        fill={"Nama": ""},
        press="Simpan",
    ),
    Place("villages:contact_end", "staff", lambda scene: [scene.contact.pk]),
    Place(
        "villages:contact_end",
        "staff",
        lambda scene: [scene.contact.pk],
        fill={"Menjabat sampai": ""},
        press="Akhiri masa jabatan",
    ),
    Place("villages:village_account", "admin", village("ready"), says="Sulastri"),
    Place("villages:village_account", "admin", village("ready"), press="Beri akun"),
    Place(
        "villages:village_account",
        "admin",
        village("revoked"),
        fill={"Nama lengkap": "Wagiman", "Jabatan": "Lurah"},
        press="Beri akun",
        says="Kartu aktivasi",
    ),
    Place("villages:village_account_password", "admin", lambda scene: [scene.account.pk]),
    Place(
        "villages:village_account_password",
        "admin",
        lambda scene: [scene.account.pk],
        press="Buat sandi sekali pakai",
        says="hanya tampil sekali",
    ),
    Place("villages:village_account_card", "admin", lambda scene: [scene.account.pk]),
    Place(
        "villages:village_account_card",
        "admin",
        lambda scene: [scene.account.pk],
        press="Buat kartu",
        says="hanya tampil sekali",
    ),
    Place("accounts:activate", "stranger", card, says="Kode pada kartu"),
    Place("accounts:activate_by_name", "stranger", says="Nama masuk pada kartu"),
    Place("accounts:activate", "stranger", card, press="Aktifkan akun"),
    Place("accounts:activate", "stranger", code("tidak-ada"), status=410),
    Place("villages:village_account_email", "admin", lambda scene: [scene.account.pk]),
    Place("villages:village_account_end", "admin", lambda scene: [scene.account.pk]),
]

OFFICERS = [
    *(
        Place("villages:officers", who)
        for who in ["staff", "head", "admin", "national", "observer", "guide"]
    ),
    Place("villages:officers", "staff", query="?q=tidakada", says="Tidak ada yang cocok"),
    Place("villages:officers", "staff", query="?keadaan=over"),
    Place("villages:officers", "newcomer", says="Belum ada PIMPASA"),
    *(Place("villages:officer", who, officer) for who in ["staff", "admin", "observer"]),
    Place("villages:officer_add", "staff", says="Rekan yang sudah ada di portal"),
    Place("villages:officer_add", "staff", press="Catat PIMPASA"),
    Place("villages:officer_edit", "staff", officer),
    Place("villages:officer_edit", "staff", officer, fill={"Nomor SK pengangkatan": ""},
          press="Simpan"),
    Place("villages:officer_end", "staff", officer, says="masih memegang"),
    Place("villages:officer_sign_in", "admin", officer),
    Place("villages:officer_sign_in", "admin", officer, press="Buat sandi sekali pakai",
          says="hanya tampil sekali"),
    Place("villages:officer_assign", "staff", officer, says="Tanpa PIMPASA"),
    Place("villages:officer_assign", "staff", officer, press="Tugaskan",
          says="Pilih sedikitnya satu desa"),
    Place("villages:officer_assign", "staff", officer, query="?q=tidakada",
          says="Tidak ada yang cocok"),
    Place("villages:village_officers", "staff", village("ready")),
    Place("villages:assignment_end", "staff", lambda scene: [scene.assignment.pk]),
    *(
        Place("villages:officer_letter", who, officer, says="Sudah dalam surat tugas")
        for who in ["staff", "head", "admin"]
    ),
    Place("villages:officer_letter", "staff", officer, press="Periksa surat",
          fill={"Nomor yang diberikan": ""}, says="Isi nomornya"),
    Place("villages:officer_letter", "staff", officer, press="Periksa surat",
          fill={"Nomor yang diberikan": "ST-7", "Tanggal surat": "2026-03-02"},
          says="Yang akan dicetak"),
    Place("villages:assignment_letter", "staff", says="Satu surat untuk satu PIMPASA"),
    Place("villages:assignment_letter", "newcomer", says="Belum ada penugasan"),
    Place("villages:assignment_letter", "observer", status=403),
    *(
        Place("certificates:letter", who, sent_by, says="Surat bertanda tangan siap")
        for who in ["staff", "guide"]
    ),
    Place("certificates:letter_scan", "staff", sent_by),
    Place("certificates:letter_scan", "staff", sent_by, press="Simpan pindaian"),
    *(
        Place(f"villages:{name}", "guide", village("ready"))
        for name in ["contact_add", "head_change"]
    ),
    Place("villages:handover", "staff", officer, says="Usulan yang masih disusun"),
    Place("villages:handover", "staff", officer, press="Periksa serah terima",
          says="Pilih penggantinya"),
    Place("villages:villages", "staff", query="?pimpasa=tanpa", says="Belum ada"),
]  # fmt: skip

IMPORTS = [
    Place("villages:imports", "staff", says="desa binaan.csv"),
    Place("villages:imports", "newcomer", says="Belum ada impor"),
    Place("villages:imports", "admin", press="Unggah dan periksa", says="Pilih berkas tabel Anda"),
    Place("villages:imports", "head", status=403, says="petugas atau administrator"),
    Place("villages:import_columns", "staff", imported("doubtful")),
    Place(
        "villages:import_columns",
        "staff",
        imported("doubtful"),
        fill={"Nama desa atau kelurahan": "Tidak ada di tabel"},
        press="Periksa setiap baris",
        says="Pilih kolom yang berisi nama",
    ),
    Place("villages:import", "staff", imported("doubtful"), says="baris meragukan"),
    Place("villages:import", "admin", imported("ready"), says="siap dicatat"),
    Place("villages:import", "staff", imported("ready"), query="?status=refused"),
    Place("villages:import", "staff", imported("recorded"), says="Unduh berkas perbaikan"),
    Place("villages:import", "head", imported("ready"), status=403),
    Place("villages:import_confirm", "head", imported("recorded"), says="Benarkan"),
    Place("villages:import_confirm", "staff", imported("recorded"), says="Menunggu pembenaran"),
    Place("villages:import_confirm", "admin", imported("confirmed"), says="Sudah dibenarkan"),
    Place("villages:import_confirm", "staff", imported("returned"), says="Ajukan lagi"),
    Place("villages:import", "staff", imported("mended"), says="Salah catat"),
    Place("villages:import_confirm", "staff", imported("mended"), says="dinyatakan salah catat"),
    Place("villages:import_confirm", "observer", imported("recorded"), status=403),
    Place("villages:import_send_back", "head", imported("recorded")),
    Place(
        "villages:import_send_back",
        "head",
        imported("recorded"),
        press="Kembalikan dengan catatan",
        says="Isi catatan",
    ),
    Place("villages:import_officers", "staff", imported("doubtful"), says="Akan diangkat"),
    Place("villages:import_officers", "admin", imported("ready"), says="tidak menyebut PIMPASA"),
    Place("villages:import_row", "staff", doubtful_row, says="Desa yang mungkin"),
    Place("villages:import_row", "staff", doubtful_row, query="?q=suka"),
    Place("villages:import_row", "staff", doubtful_row, query="?q=tidakada"),
    Place("villages:import_record", "staff", imported("ready"), says="Dasar penetapan"),
    Place("villages:import_abandon", "staff", imported("ready"), says="untuk seterusnya"),
    Place("villages:designation", "staff", sheet("recorded"), says="Di luar portal"),
    Place("villages:designation", "head", sheet("recorded"), says="Terbitkan sertifikat"),
    Place(
        "villages:designations", "head", query="?status=tanpa-sertifikat", says="dicatat dari SK"
    ),
    Place("villages:decree", "head", sk("recorded"), says="belum mempunyai sertifikat portal"),
    Place("villages:decree", "staff", sk("recorded"), says="Perbaiki SK"),
    Place("villages:decree_correct", "staff", sk("recorded"), says="Simpan perbaikan"),
    Place(
        "villages:decree_correct",
        "admin",
        sk("recorded"),
        fill={"Nomor SK": ""},
        press="Simpan perbaikan",
    ),
    Place("villages:decree_correct", "head", sk("recorded"), status=403),
    Place("villages:strike_out", "staff", sheet("recorded"), says="Nyatakan salah catat"),
    Place("villages:strike_out", "admin", sheet("recorded"), press="Nyatakan salah catat"),
    Place("villages:strike_out", "head", sheet("recorded"), status=403),
    Place("villages:designation", "staff", sheet("struck"), says="Salah catat"),
    Place("villages:designation", "villager", sheet("struck")),
    Place("villages:designations", "staff", query="?status=struck", says="Salah catat"),
    Place("villages:end", "head", sheet("recorded"), says="tidak pernah tampil untuk umum"),
    Place("villages:decree_certificates", "head", sk("recorded"), says="Periksa penerbitan"),
    Place(
        "villages:decree_certificates",
        "head",
        sk("recorded"),
        press="Periksa penerbitan",
        says="Yang Anda terbitkan",
    ),
    Place("villages:decree_certificates", "head", sk("ready"), says="sudah mempunyai sertifikat"),
    Place("villages:decree_certificates", "staff", sk("recorded"), status=403),
    Place("villages:designation", "villager", sheet("recorded")),
]

PAPERS = [
    *(
        Place("certificates:certificate", "staff", paper(state))
        for state in ["ordered", "struggling", "ready", "revoked", "ended"]
    ),
    *(
        Place("certificates:certificate", "villager", paper(state))
        for state in ["ordered", "ready", "revoked"]
    ),
    *(
        Place("certificates:letter", who, lambda scene: [scene.letter.pk], says="Siap dicetak")
        for who in ["staff", "observer"]
    ),
    Place("certificates:export", "staff", exported("ordered"), says="Menunggu giliran"),
    Place("certificates:export", "staff", exported("begun"), says="baris sudah ditulis"),
    Place("certificates:export", "staff", exported("ready"), says="Siap diunduh"),
    Place("certificates:export", "staff", exported("expired"), says="Berkas sudah dihapus"),
    Place("certificates:export", "staff", exported("refused"), says="Ekspor tidak dibuat"),
    *(
        Place("certificates:certificate", who, paper("signed"), says="bertanda tangan siap")
        for who in ["staff", "observer", "villager"]
    ),
    Place("certificates:scan_attach", "staff", paper("ready")),
    Place("certificates:scan_attach", "staff", paper("ready"), press="Simpan pindaian"),
    Place(
        "certificates:scan_withdraw",
        "staff",
        lambda s: [s.sheets["signed"].certificate.scan.pk],
        says="tetap tersimpan dalam riwayat kantor",
    ),
    Place("certificates:verify", "stranger", paper("signed"), says="Salinan bertanda tangan"),
    Place("certificates:verify_form", "stranger"),
    Place("certificates:verify_form", "stranger", query="?kode=", says="Ketik dahulu"),
    Place("certificates:verify_form", "stranger", query="?kode=12/W13/2026", says="bukan kode"),
    Place("certificates:verify", "stranger", paper("ready"), says="SAH"),
    Place("certificates:verify", "stranger", paper("ordered"), says="sedang disiapkan"),
    Place("certificates:verify", "stranger", paper("ended"), says="SAH"),
    Place("certificates:verify", "stranger", paper("revoked"), says="DICABUT"),
    Place("certificates:verify", "stranger", of_who_came("revoked"), says="dibuatkan oleh"),
    Place("certificates:verify", "stranger", of_who_came("replaced"), says="DIGANTI"),
    Place(
        "certificates:verify",
        "stranger",
        lambda scene: [scene.sheets["ready"].certificate.code[:-1]],
        status=404,
        says="BUKAN KODE PORTAL",
    ),
    Place("certificates:verify", "stranger", code("ABCD-EFGH-JKLM"), status=404),
]

PUBLIC = [
    Place("villages:public_villages", "stranger", says="Sukamaju"),
    Place("villages:public_villages", "stranger", query="?q=wonosobo&wilayah=33.07"),
    Place("villages:public_villages", "stranger", query="?q=tidakada", says="Tidak ada desa yang"),
    Place("villages:public_village", "stranger", region("ready"), says="Ditetapkan sebagai"),
    Place("villages:public_village", "stranger", region("revoked"), says="Tidak lagi menjadi"),
    Place("villages:public_village", "stranger", region("draft"), status=404),
]

OFFICES = [
    Place("accounts:office_detail", "admin", office),
    Place("accounts:office_detail", "national", office),
    Place("accounts:office_detail", "national", lambda _: ["kanim-tetangga"]),
    Place("accounts:office_detail", "staff", office, status=403),
    Place("accounts:office_detail", "newcomer", office, status=404),
    Place("accounts:office_detail", "national", shut, says="ditutup sejak"),
    Place("accounts:office_add", "national"),
    Place("accounts:office_add", "national", press="Tambahkan kantor", says="Pilih unit atasannya"),
    Place("accounts:office_edit", "national", office, says="tetap memuat nama lama"),
    Place("accounts:office_edit", "national", office, press="Simpan data kantor", says="Isi dasar"),
    Place("villages:office_move", "national", office),
    Place("villages:office_setup", "national", lambda _: ["kanim-lain"], says="Desa dari kantor"),
    Place("villages:office_setup", "admin", office),
    Place("villages:office_close", "national", office, says="Belum dapat ditutup"),
    Place("villages:office_close", "national", office, press="Tutup kantor", says="Isi dasar"),
    Place("villages:office_reopen", "national", shut, press="Buka kembali", says="Isi dasar"),
    Place("accounts:office_profile", "admin", office),
    Place(
        "accounts:office_profile",
        "admin",
        office,
        fill={"Kop surat di atas nama kantor": "a\nb\nc\nd\ne"},
        press="Simpan profil",
    ),
    Place("accounts:member_add", "admin", office),
    Place("accounts:member_add", "admin", office, query="?peran=head&status=plh"),
    Place("accounts:member_add", "admin", office, press="Tambahkan"),
    Place("accounts:acting_add", "admin", office, says="Dasar penunjukan"),
    Place("accounts:acting_add", "admin", office, press="Catat penunjukan"),
    Place(
        "accounts:membership_confirm",
        "head",
        lambda s: [s.office.code, s.appointed.pk],
        says="Pastikan orangnya benar",
    ),
    Place("villages:doubtful", "national", says="Pastikan"),
    Place("villages:doubtful", "national", query="?keadaan=kosong"),
    Place("villages:doubtful", "national", query="?q=tidakada", says="Tidak ada wilayah yang"),
    Place("villages:editions", "national", says="Bentuk berkasnya"),
    Place("villages:editions", "national", press="Unggah dan pratinjau", says="Pilih berkas edisi"),
    Place("villages:edition", "national", edition, says="Terapkan edisi"),
    Place("villages:edition", "national", edition, query="?lihat=rekinded", says="Tidak ada peru"),
    Place("villages:criteria", "national", says="Sudah dipakai"),
    Place("villages:criterion_add", "national"),
    Place("villages:criterion_add", "national", press="Simpan"),
    Place("villages:criterion_edit", "national", criterion, says="tidak dapat diubah lagi"),
    Place("accounts:invite", "admin", office),
    Place("accounts:invite", "admin", office, press="Kirim undangan"),
    Place("accounts:invitation", "stranger", invitation, says="Pilih sandi Anda sendiri"),
    Place("accounts:invitation", "stranger", invitation, press="Terima undangan"),
    Place("accounts:invitation", "nobody", invitation, says="Anda masuk sebagai"),
    Place("accounts:invitation", "stranger", code("tidak-ada"), status=410),
    Place("accounts:member_edit", "admin", lambda s: [s.office.code, s.leaving.user_id]),
    Place("accounts:member_edit", "admin", keeper, fill={"Nama lengkap": ""}, press="Simpan data"),
    Place(
        "accounts:member_edit",
        "admin",
        lambda s: [s.office.code, s.people["head"].pk],
        says="Surel membuka akun",
    ),
    Place("accounts:member_password", "admin", lambda s: [s.office.code, s.leaving.user_id]),
    Place(
        "accounts:member_password",
        "admin",
        lambda s: [s.office.code, s.leaving.user_id],
        press="Buat sandi sekali pakai",
        says="hanya tampil sekali",
    ),
    Place("accounts:member_second_factor", "admin", keeper, says="Pastikan dahulu"),
    Place(
        "accounts:member_second_factor",
        "admin",
        lambda s: [s.office.code, s.leaving.user_id],
        says="belum memasang",
    ),
    Place("accounts:membership_end", "admin", lambda s: [s.office.code, s.leaving.pk]),
    Place(
        "accounts:membership_end",
        "admin",
        lambda s: [s.office.code, s.leaving.pk],
        fill={"Hari terakhir berlaku": ""},
        press="Akhiri peran",
    ),
    *(Place("certificates:numbering", who, office) for who in ["staff", "admin", "observer"]),
    Place("certificates:number_template", "admin", pattern, says="Sudah dipilih"),
    Place("certificates:number_template", "admin", pattern, query="?contoh=1"),
    Place(
        "certificates:number_template",
        "admin",
        pattern,
        fill={"Pola nomor": "{apa}"},
        press="Gunakan pola ini",
    ),
    Place("certificates:number_template", "national", lambda _: ["kanim-tetangga", "designation"]),
    *(Place("certificates:register", who, office) for who in ["staff", "admin", "observer"]),
    Place("certificates:register", "staff", office, query="?jenis=other", says="Ditulis tangan"),
    Place("certificates:register", "staff", office, query="?tahun=2001", says="Belum ada nomor"),
    Place("certificates:register", "staff", office, query="?q=tidakada", says="Tidak ada yang"),
    Place("certificates:register", "staff", office, query="?cetak=1"),
    Place("certificates:number_write", "staff", office),
    Place("certificates:number_write", "staff", office, press="Catat nomor"),
    Place("certificates:number_void", "staff", lambda scene: [scene.entry.pk]),
    Place(
        "certificates:number_void", "staff", lambda scene: [scene.entry.pk], press="Batalkan nomor"
    ),
    Place("villages:jurisdictions", "staff", office, says="Wonosobo"),
    Place("villages:jurisdictions", "national", office, query="?q=jawa"),
    Place("villages:jurisdictions", "national", lambda _: ["kanim-tetangga"], says="Belum ada"),
]

SIGN_IN = [
    Place("account_login", "stranger"),
    Place(
        "account_login",
        "stranger",
        fill={"NIP, kode desa, atau surel": "198001012005011001", "Sandi": "salah"},
        press="Masuk",
        says="tidak cocok",
    ),
    Place("account_reset_password", "stranger"),
    Place("account_reset_password", "stranger", press="Kirim tautan"),
    Place("account_reset_password_done", "stranger"),
    Place("account_reset_password_from_key", "stranger", lambda _: ["1", "x-y"]),
    Place("account_reset_password_from_key", "stranger", reset_key),
    Place(
        "account_reset_password_from_key",
        "stranger",
        reset_key,
        press="Simpan sandi baru",
    ),
    Place("account_reset_password_from_key_done", "stranger"),
    Place("account_inactive", "stranger"),
    Place("account_change_password", "staff"),
    Place("account_change_password", "staff", press="Simpan sandi baru"),
    Place("account_change_password", "issued", says="Pilih sandi Anda sendiri"),
    Place("account_logout", "staff"),
    *(
        Place("accounts:notices", who)
        for who in ["staff", "head", "admin", "national", "observer", "guide", "nobody"]
    ),
    Place("accounts:notices", "villager", says="belum mempunyai alamat surel"),
    Place("mfa_index", "staff", says="Perangkat ini"),
    Place("mfa_index", "villager"),
    Place("mfa_index", "head", says="mewajibkan faktor kedua"),
    Place("mfa_index", "keeper", says="Kode cadangan"),
    Place("account_reauthenticate", "staff"),
    Place("account_reauthenticate", "staff", press="Lanjutkan"),
]

PLACES = [
    *DESKS,
    *LISTS,
    *SHEETS,
    *VILLAGES,
    *IMPORTS,
    *OFFICERS,
    *PAPERS,
    *PUBLIC,
    *OFFICES,
    *SIGN_IN,
]
