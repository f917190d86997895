"""What the record and the profile of a village show this person, and what they offer to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse

from accounts.access import Access
from audit.models import Entry
from desabinaan.editing import EditForm
from desabinaan.workflow import Answer
from villages import actions, permissions
from villages.forms.profile import AgreementForm, MigrantCountForm, ProgrammeForm
from villages.models import (
    Agreement,
    Designation,
    MigrantCount,
    SisterProgramme,
    Village,
    VillageContact,
    VillageDocument,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A list in the profile whose entries are all noted, mended and taken back the same way."""

    key: str
    title: str
    noun: str
    verb: str
    model: type[models.Model]
    form: type[EditForm]
    write: Callable[..., models.Model]
    drop: Callable[..., None]

    def initial_of(self, item: models.Model | None) -> dict[str, Any]:
        """What stands there already."""
        return {name: getattr(item, name) for name in self.form.base_fields} if item else {}


_SECTIONS = [
    Section(
        "program",
        "Program sejenis",
        "program",
        "village.programme_written",
        SisterProgramme,
        ProgrammeForm,
        actions.write_programme,
        actions.drop_programme,
    ),
    Section(
        "pekerja-migran",
        "Pekerja migran",
        "angka pekerja migran",
        "village.migrants_counted",
        MigrantCount,
        MigrantCountForm,
        actions.write_migrant_count,
        actions.drop_migrant_count,
    ),
    Section(
        "perjanjian",
        "Perjanjian",
        "perjanjian",
        "village.agreement_written",
        Agreement,
        AgreementForm,
        actions.write_agreement,
        actions.drop_agreement,
    ),
]
SECTIONS = {section.key: section for section in _SECTIONS}


@dataclass(frozen=True, slots=True)
class Step:
    """What would help the record most now, and where it is done."""

    sentence: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Happened:
    """The latest events for a village and those to come; visits to it, and how many there are."""

    events: list[Any] = field(default_factory=list)
    visits: list[Any] = field(default_factory=list)
    visit_count: int = 0


type EventsOf = Callable[[Access, Village], Happened]


def _none(_access: Access, _village: Village) -> Happened:
    return Happened()


_events_of: EventsOf = _none


def provide_events(events_of: EventsOf) -> None:
    """Let the app above say which events and visits a village had, as far as a person may know."""
    global _events_of  # noqa: PLW0603 - registered once, when the app above is ready
    _events_of = events_of


@dataclass(frozen=True)
class VillageRecord:
    """The record page, for one person and one village."""

    access: Access
    village: Village

    @property
    def is_inside(self) -> bool:
        """Whether this person reads it for an office; the village itself sees less."""
        return self.village.office_id in self.access.office_ids

    @cached_property
    def may_edit(self) -> Answer:
        """Whether they keep the record."""
        return permissions.can_edit_village(self.access, self.village)

    @cached_property
    def may_write_contacts(self) -> Answer:
        """Whether they note who speaks for the village."""
        return permissions.can_write_contacts(self.access, self.village)

    @property
    def reads_phones(self) -> bool:
        """Whether they may call the village: the office, and whoever guides it."""
        return self.is_inside or self.village.pk in self.access.assigned_village_ids

    @property
    def may_give_account(self) -> Answer:
        """Whether they give the village its account."""
        return permissions.can_give_account(self.access, self.village)

    @property
    def may_move(self) -> Answer:
        """Whether they pass the village to another office."""
        return permissions.can_move_villages(self.access)

    @cached_property
    def sheets(self) -> list[Designation]:
        """The sheets that this person may know of, the latest first."""
        return list(Designation.objects.visible_to(self.access).of_village(self.village))

    @property
    def standing(self) -> Designation | None:
        """The sheet that says where the village stands: its designation, else the latest."""
        counted = [sheet for sheet in self.sheets if not sheet.is_struck]
        approved = (sheet for sheet in counted if sheet.is_approved)
        return next(approved, counted[0] if counted else None)

    @cached_property
    def contacts(self) -> list[VillageContact]:
        """Everybody who speaks or spoke for the village, those of today first."""
        return list(self.village.contacts.all())

    @property
    def head(self) -> VillageContact | None:
        """Who leads the village today."""
        today = self.village.office.today()
        return next((it for it in self.contacts if it.is_head and it.serves_on(today)), None)

    @cached_property
    def happened(self) -> Happened:
        """What the app above tells of the village, as far as this person may know."""
        return _events_of(self.access, self.village)

    @property
    def events(self) -> list[Any]:
        """The latest events that are for the village, and those to come."""
        return self.happened.events

    @property
    def entries(self) -> models.QuerySet[Entry]:
        """What happened to the village, the latest first."""
        return Entry.objects.about(self.village)

    @property
    def next_step(self) -> Step | None:
        """For those who keep the record, or its contacts: the first thing that it lacks."""
        return next(self._lacks(), None)

    def _lacks(self) -> Any:
        pk = self.village.pk
        if self.head is None and self.may_write_contacts:
            yield Step(
                f"Belum tercatat siapa {self.village.head_post} di sini.",
                f"Catat {self.village.head_post}",
                reverse("villages:head_change", args=[pk]),
            )
        if not self.may_edit:
            return
        if not self.village.has_position:
            yield Step(
                "Letak kantor desa belum diketahui. Dapat dicatat dengan ponsel saat di desa.",
                "Catat letaknya",
                reverse("villages:village_location", args=[pk]),
            )
        if not self.village.whatsapp_group:
            yield Step(
                "Belum ada tautan grup WhatsApp, tempat desa bertanya dan kantor menjawab.",
                "Catat tautan grup",
                reverse("villages:village_edit", args=[pk]),
            )


@dataclass(frozen=True)
class VillageProfile:
    """The profile page, for one person and one village."""

    access: Access
    village: Village

    @cached_property
    def may_edit(self) -> Answer:
        """Whether they keep the profile."""
        return permissions.can_edit_village(self.access, self.village)

    @cached_property
    def programmes(self) -> list[SisterProgramme]:
        """Programmes of other institutions, the oldest first."""
        return list(self.village.programmes.all())

    @cached_property
    def migrant_counts(self) -> list[MigrantCount]:
        """Figures of migrant workers, the latest year first."""
        return list(self.village.migrant_counts.all())

    @cached_property
    def agreements(self) -> list[tuple[Agreement, bool]]:
        """Agreements, the latest first, each with whether its term is over."""
        today = self.village.office.today()
        agreements = self.village.agreements.select_related("scan")
        return [(agreement, agreement.has_expired(today)) for agreement in agreements]

    @cached_property
    def documents(self) -> list[VillageDocument]:
        """The files of the village that this person may read."""
        return list(VillageDocument.objects.visible_to(self.access).of(self.village).loose())


def struck_out_of(contact: int) -> models.QuerySet[Any, Any]:
    """The keys of the villages whose history says that this contact was noted by mistake."""
    told = Entry.objects.filter(verb="village.contact_dropped", data__contact=contact)
    return told.values("subject_id")
