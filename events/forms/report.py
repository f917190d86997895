"""The report of an event in its sections, and who signs the papers of what was held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desabinaan.editing import EditForm, Seen
from events.models import Contribution, Event, ReportWords
from events.models.report import DIGITS, SECTIONS, digest_of
from events.positions import position
from events.proceedings import MOST_POINTS, PROCEEDINGS
from events.report import REPORT
from events.signed_prints import Signing
from events.story import Story
from villages.forms.drafting import ClausesField
from villages.forms.signing import ON_BEHALF, SignedLetterForm

MOST_PARAGRAPHS = 60
MOST_WITNESSES = 6
LONGEST_WITNESS = 160


class SectionField(ClausesField):
    """A section of a report: paragraphs, one on each line, only signs that papers can print."""

    def __init__(self, **options: Any) -> None:
        super().__init__(most=MOST_PARAGRAPHS, **options)

    def clean(self, value: Any) -> str:  # type: ignore[override]
        """The paragraphs that say something, a line each."""
        return "\n".join(super().clean(value))


class ReportForm(EditForm):
    """What the report says in words, in its order A to E."""

    general = SectionField(label="A.1 Umum", rows=5)
    purpose = SectionField(label="A.2 Maksud dan tujuan", rows=4)
    scope = SectionField(label="A.3 Ruang lingkup", rows=3)
    activities = SectionField(label="B. Kegiatan yang dilaksanakan", rows=9)
    results = SectionField(label="C. Hasil yang dicapai", rows=6)
    conclusions = SectionField(label="D.1 Simpulan", rows=4)
    suggestions = SectionField(label="D.2 Saran", rows=4, required=False)
    closing = SectionField(label="E. Penutup", rows=2)
    # What is proposed while it is written, so that what is left as it is follows the data.
    proposed = forms.JSONField(required=False, widget=forms.HiddenInput)

    asked_anew = frozenset({"proposed"})

    @staticmethod
    def standing_of(words: ReportWords | None) -> Seen:
        """What stands; nothing where nobody wrote any."""
        return {name: getattr(words, name) for name in SECTIONS} if words else {}

    @staticmethod
    def initial_for(shown: Mapping[str, str], proposal: Mapping[str, str]) -> dict[str, Any]:
        """These words, beside what is proposed now."""
        return {**shown, "proposed": {it: digest_of(proposal[it]) for it in SECTIONS}}

    def clean_proposed(self) -> dict[str, str]:
        """Digests by section; nothing, where somebody sent something else."""
        sent = self.cleaned_data["proposed"]
        known = sent if isinstance(sent, dict) else {}
        return {it: known[it][:DIGITS] for it in SECTIONS if isinstance(known.get(it), str)}


class HeldLetterForm(SignedLetterForm):
    """Who signs a paper of what was held: a head, or whoever was given the task."""

    stands_in = False

    def __init__(self, *args: Any, event: Event, **options: Any) -> None:
        super().__init__(*args, office=event.office, **options)
        chair = event.contributors.filter(contribution=Contribution.CHAIR).first()
        if chair is not None and "signer" in self.fields:
            names = {"signer_title": chair.title, "signer_name": chair.name}
            self.initial = {**self.initial, "signer": ON_BEHALF, **names}

    def signing(self) -> Signing:
        """Of which day it is, and who signs."""
        return Signing(self.dated_on(), self.signer_facts(), self.head(self.cleaned_data))


class FileReportForm(HeldLetterForm):
    """Under what number the report is filed, and who signs it."""

    letter_kind = REPORT.key


class WitnessesField(ClausesField):
    """Who signs besides, one on each line: the name, a semicolon, the title."""

    def clean(self, value: Any) -> list[dict[str, str]]:  # type: ignore[override]
        """Name and title of each."""
        return [self._split(line) for line in super().clean(value)]

    def prepare_value(self, value: Any) -> Any:
        """As it is typed."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{it['name']}; {it['title']}" for it in value)

    @staticmethod
    def _split(line: str) -> dict[str, str]:
        name, semicolon, title = (part.strip() for part in line.partition(";"))
        if not (name and semicolon and title):
            raise ValidationError(
                f"“{line}” belum terbaca. Pisahkan nama dan jabatan dengan titik koma, misalnya "
                "Drs. Joko Susilo, M.Si.; Camat Wuluhan."
            )
        if max(len(name), len(title)) > LONGEST_WITNESS:
            raise ValidationError(f"Nama dan jabatan paling panjang {LONGEST_WITNESS} huruf.")
        return {"name": name, "title": title}


class ProceedingsForm(HeldLetterForm):
    """What the record establishes, who signs it, and who signs besides."""

    letter_kind = PROCEEDINGS.key
    field_order = ("points", "witnesses")

    points = ClausesField(label="Hal-hal yang dicatat", most=MOST_POINTS, rows=10)
    witnesses = WitnessesField(
        label="Turut menandatangani",
        most=MOST_WITNESSES,
        rows=4,
        required=False,
        help_text="Satu orang per baris: nama; jabatan. Misalnya pihak desa yang menyaksikan.",
    )

    @staticmethod
    def witnesses_of(story: Story) -> list[dict[str, str]]:
        """Whom it proposes: who received something there, or opened it from outside."""
        parts = (Contribution.RECEIVER, Contribution.OPENER)
        office = story.event.office
        people = [it for part in parts for it in story.those(part)]
        return [
            {"name": it.name, "title": position(it.title, it.institution)}
            for it in people
            if it.institution not in {office.name, office.short_name}
        ][:MOST_WITNESSES]

    def said(self) -> dict[str, Any]:
        """What it says, as it was left."""
        return {name: self.cleaned_data[name] for name in ("points", "witnesses")}
