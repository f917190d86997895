"""An event in words: what, when and where; why not; and for which villages."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from accounts.models import Office
from desabinaan import formats
from desabinaan.editing import EditForm, Seen
from desabinaan.fields import ClockField, DayField, PrintedText
from events.models import Event, EventKind
from events.models.event import LONGEST
from villages.forms.fields import LongText

NINE, NOON = time(9), time(12)
LATEST_YEAR = 2100


class EventForm(EditForm):
    """What an event is, when, and where; times by the clock of its office."""

    kind = forms.ChoiceField(label="Jenis kegiatan")
    title = PrintedText(
        label="Nama kegiatan",
        max_length=200,
        help_text="Seperti pada undangan, misalnya Sosialisasi Desa Binaan Imigrasi.",
    )
    starts_on = DayField(label="Tanggal")
    starts = ClockField(label="Mulai pukul")
    ends = ClockField(label="Selesai pukul")
    ends_on = DayField(
        label="Tanggal selesai",
        required=False,
        help_text="Hanya bila lebih dari satu hari.",
    )
    venue = PrintedText(
        label="Tempat",
        max_length=200,
        help_text="Misalnya Aula Kecamatan Wuluhan, atau hotel dengan alamatnya.",
    )
    section = PrintedText(
        label="Seksi penyelenggara",
        max_length=120,
        required=False,
        help_text="Menurut susunan kantor, misalnya Seksi Intelijen dan Penindakan Keimigrasian.",
    )
    audience = PrintedText(
        label="Sasaran",
        max_length=250,
        required=False,
        help_text="Misalnya kepala desa, calon pekerja migran, siswa SMK.",
    )
    legal_basis = PrintedText(
        label="Dasar hukum",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Satu per baris; tercetak pada undangan dan laporan.",
    )

    def __init__(self, *args: Any, office: Office, **options: Any) -> None:
        super().__init__(*args, place=office, **options)
        self.office = office
        kinds = EventKind.objects.choices()
        nothing = [] if self.standing else [("", "Pilih jenis")]  # nobody plans by default
        self.fields["kind"].choices = nothing + kinds  # type: ignore[attr-defined]
        zone = formats.zone_word(office)
        for name in ("starts", "ends"):
            self.fields[name].label = f"{self.fields[name].label} ({zone})"

    def clean(self) -> dict[str, Any]:
        """It ends after it starts, and soon enough."""
        data = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and not 2000 <= first.year <= LATEST_YEAR:
            self.add_error("starts_on", "Periksa tahunnya.")
        if last and first and last < first:
            self.add_error("ends_on", "Tanggal selesai tidak boleh sebelum tanggal mulai.")
        if self.errors or not {"starts_on", "starts", "ends"} <= data.keys():
            return data
        starts_at, ends_at = self._span(data)
        if ends_at <= starts_at:
            self.add_error("ends", "Jam selesai harus sesudah jam mulai.")
        elif ends_at - starts_at > LONGEST:
            self.add_error("ends_on", f"Paling lama {LONGEST.days} hari.")
        return data

    def facts(self) -> dict[str, Any]:
        """What was said, as an event keeps it."""
        data = self.cleaned_data
        starts_at, ends_at = self._span(data)
        same = ("title", "venue", "section", "audience", "legal_basis")
        kind = EventKind.objects.get(key=data["kind"])
        return {name: data[name] for name in same} | {
            "kind": kind,
            "starts_at": starts_at,
            "ends_at": ends_at,
        }

    def _span(self, data: dict[str, Any]) -> tuple[datetime, datetime]:
        last: date = data.get("ends_on") or data["starts_on"]
        zone = ZoneInfo(self.office.timezone)
        return (
            datetime.combine(data["starts_on"], data["starts"], zone),
            datetime.combine(last, data["ends"], zone),
        )

    @staticmethod
    def standing_of(event: Event) -> Seen:
        """What stands, as the form asks for it."""
        starts, ends = event.local(event.starts_at), event.local(event.ends_at)
        same = ("title", "venue", "section", "audience", "legal_basis")
        return {name: getattr(event, name) for name in same} | {
            "kind": event.kind.key,
            "starts_on": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "ends_on": ends.date() if ends.date() != starts.date() else None,
        }

    @staticmethod
    def seen_of(event: Event) -> Seen:
        """What stands, as the event keeps it: for the action to compare."""
        names = ("kind", "title", "venue", "section", "audience", "legal_basis")
        return {name: getattr(event, name) for name in (*names, "starts_at", "ends_at")}

    @staticmethod
    def initial_for(office: Office) -> dict[str, Any]:
        """What most events have."""
        return {"starts_on": office.today(), "starts": NINE, "ends": NOON}


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = LongText(
        label="Alasan",
        max_length=1000,
        rows=3,
        error_messages={"required": "Isi alasan kegiatan dibatalkan."},
    )


class PlaceForm(forms.Form):
    """A village or a kecamatan, by its key."""

    region = forms.IntegerField(min_value=1, max_value=2_000_000_000)
