"""Who of an event gets a certificate, and who does not and why: by its rule and its lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.http import urlencode

from desabinaan.typefaces import unprintable
from events.alike import undecided
from events.models import (
    Attendee,
    CertificateName,
    CertificateRule,
    Contributor,
    Event,
    Exclusion,
    Merge,
    Participation,
)
from events.names import bare_key, is_oddly_written
from events.one_person import Rows
from events.participation import PARTICIPANT, SPEAKER, Person
from events.positions import position

type Whose = tuple[str | None, int | None]  # which list, and which row of it

BACK_TO_THE_LOOK = {"untuk": "sertifikat"}  # of an address: who mends a name there comes back
MOST_AT_ONCE = 1_000  # papers that one order numbers while the browser waits


class Why(models.TextChoices):
    """Why somebody gets no certificate now."""

    LETTERS = "letters", "Tidak dapat dicetak"
    ALIKE = "alike", "Mirip orang lain"
    EXCLUDED = "excluded", "Dikecualikan"
    UNREPLACED = "unreplaced", "Dicabut, tidak diganti"
    RULE = "rule", "Di luar aturan"
    MERGED = "merged", "Digabungkan"
    HAS = "has", "Sudah punya"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on a list of the event, and what keeps them from a certificate, if anything does."""

    row: Attendee | Contributor
    why: Why | None = None
    because: str = ""  # the rest of the sentence, in words
    its: Participation | None = None  # the certificate that they have
    mended_name: str = ""  # instead of the one on the list, which changes no more
    said: Exclusion | None = None  # that they get none

    @property
    def kind(self) -> str:
        """Of which kind theirs is."""
        return (PARTICIPANT if isinstance(self.row, Attendee) else SPEAKER).key

    @property
    def person(self) -> Person:
        """As it names them."""
        row, name = self.row, self.mended_name or self.row.name
        if isinstance(row, Attendee):
            return Person(name, row.whose, "peserta")
        role = row.get_contribution_display().lower()
        return Person(name, position(row.title, row.institution), role, row.topic)

    @property
    def tone(self) -> str:
        """Whether something is to be done about it."""
        return "attention" if self.why in (Why.LETTERS, Why.ALIKE) else "neutral"

    @property
    def is_oddly_written(self) -> bool:
        """Whether the letters of their name would look wrong on it."""
        return is_oddly_written(self.person.name)

    @property
    def has_or_gets(self) -> bool:
        """Whether they will have one after the next order."""
        return self.why in (None, Why.HAS)

    @property
    def mended_at(self) -> str:
        """Where what is wrong can be mended."""
        if self.why in (Why.ALIKE, Why.MERGED):
            return reverse("events:alike", args=[self.row.event_id])
        if not self.row.event.is_settled:
            return f"{self._address('edit')}?{urlencode(BACK_TO_THE_LOOK)}"
        if self.its:
            return reverse("events:certificate_revoke", args=[self.its.pk])
        return self._address("certificate_name")

    @property
    def excluded_at(self) -> str:
        """Where it is said that they get none; nowhere, where they get none anyway."""
        return self._address("exclude") if self.why in (None, Why.LETTERS, Why.ALIKE) else ""

    @property
    def taken_in_at(self) -> str:
        """Where that is taken back; nowhere, where nobody said so."""
        return self._address("take_in") if self.said else ""

    def _address(self, step: str) -> str:
        name = "attendee" if isinstance(self.row, Attendee) else "contributor"
        return reverse(f"events:{name}_{step}", args=[self.row.pk])


@dataclass(frozen=True, slots=True)
class Twice:
    """One name on both lists: who does something there, and who came."""

    contributor: Candidate
    attendee: Candidate

    @property
    def sides(self) -> tuple[tuple[Candidate, Candidate], ...]:
        """Each, with the other."""
        return (self.contributor, self.attendee), (self.attendee, self.contributor)


@dataclass(frozen=True)
class Candidates:
    """Everybody of an event who is named; pupils are counted, and nobody names them."""

    event: Event
    rule: CertificateRule | None

    @classmethod
    def of(cls, event: Event) -> Self:
        """By the rule that the event has now; of what `with_rule` loaded, else asked for."""
        return cls(event, getattr(event, "certificate_rule", None))

    @cached_property
    def all(self) -> list[Candidate]:
        """Those who do something there first, then who came, by name."""
        return [*map(self._contributor, self._contributors), *map(self._attendee, self._attendees)]

    @cached_property
    def lacking(self) -> list[Candidate]:
        """Who should have one."""
        return [it for it in self.all if it.why is None]

    @cached_property
    def wanted(self) -> list[Candidate]:
        """Who gets one by the next order."""
        return self.lacking[:MOST_AT_ONCE]

    @cached_property
    def oddly_written(self) -> list[Candidate]:
        """Whose name of those would look wrong as it is printed; nobody mends it but people."""
        return [it for it in self.wanted if it.is_oddly_written]

    @property
    def later(self) -> int:
        """How many have to wait for the order after that."""
        return len(self.lacking) - len(self.wanted)

    @cached_property
    def having(self) -> list[Candidate]:
        """Who has one."""
        return [it for it in self.all if it.why == Why.HAS]

    @cached_property
    def alike(self) -> list[Candidate]:
        """Who waits until a person said whether they are somebody else on the list."""
        return [it for it in self.all if it.why == Why.ALIKE]

    @cached_property
    def left_out(self) -> list[Candidate]:
        """Who gets none otherwise, what can be mended first."""
        order = list(Why)
        found = [it for it in self.all if it.why not in (None, Why.HAS, Why.ALIKE)]
        return sorted(found, key=lambda it: order.index(it.why))  # type: ignore[arg-type]

    @property
    def waiting(self) -> int:
        """How many would get one, were something mended first."""
        return len(self.alike) + sum(it.why == Why.LETTERS for it in self.left_out)

    def same_rows(self, row: Attendee | Contributor) -> list[int]:
        """The keys of all rows that are this person: their own, then those merged into it."""
        if isinstance(row, Contributor):
            return [row.pk]
        return list(self._rows.of(row.pk))

    @cached_property
    def twice(self) -> list[Twice]:
        """Who would have two certificates, as far as names tell; not who has both already.

        With a degree on one list and without it on the other they are called the same.
        """
        came = defaultdict(list)
        for it in self.all:
            if it.has_or_gets and isinstance(it.row, Attendee):
                came[bare_key(it.person.name)].append(it)
        return [
            Twice(one, other)
            for one in self.all
            if one.has_or_gets and isinstance(one.row, Contributor)
            for other in came[bare_key(one.person.name)]
            if not (one.its and other.its)
        ]

    def _contributor(self, row: Contributor) -> Candidate:
        if its := self._certificates.get(("contributor", row.pk)):
            return Candidate(row, Why.HAS, its=its)
        if said := self._said_of(row):
            return self._excluded(row, said)
        if self.rule is None or row.contribution not in self.rule.contributions:
            return Candidate(row, Why.RULE, row.get_contribution_display())
        return _printable(Candidate(row, mended_name=self._mended(row)))

    def _attendee(self, row: Attendee) -> Candidate:
        if its := self._of_attendee(row):
            return Candidate(row, Why.HAS, its=its)
        if kept := self._merged_into.get(row.pk):
            return Candidate(row, Why.MERGED, f"dengan {kept}, {kept.institution}")
        if said := self._said_of(row):
            return self._excluded(row, said)
        if self.rule is None or row.category not in self.rule.categories:
            return Candidate(row, Why.RULE, f"kelompok {row.get_category_display()}")
        if other := self._alike.get(row.pk):
            return Candidate(row, Why.ALIKE, f"{other}, {other.institution}")
        return _printable(Candidate(row, mended_name=self._mended(row)))

    def _excluded(self, row: Attendee | Contributor, said: Exclusion) -> Candidate:
        why = Why.UNREPLACED if _whose(said) in self._unreplaced else Why.EXCLUDED
        return Candidate(row, why, said.reason, mended_name=self._mended(row), said=said)

    def _mended(self, row: Attendee | Contributor) -> str:
        """What they are called beside the list; before that was kept, by whoever revoked theirs."""
        told: dict[str, str] | None = row.beside  # type: ignore[union-attr] # annotated above
        if told:
            return told["name"] if told["instead_of"] == row.name else ""
        if not self.event.is_settled:
            return ""  # the lists are mended themselves, also once a report was taken back
        return self._mended_names.get((row._meta.model_name, row.pk), "")

    def _of_attendee(self, row: Attendee) -> Participation | None:
        """Their own certificate, or that of a row which turned out to be the same person."""
        found = (self._certificates.get(its) for its in self._same(row))
        return next(filter(None, found), None)

    def _said_of(self, row: Attendee | Contributor) -> Exclusion | None:
        """What was said of them, or of a row which turned out to be the same person."""
        return next(filter(None, (self._said.get(its) for its in self._same(row))), None)

    def _same(self, row: Attendee | Contributor) -> Iterator[Whose]:
        return ((row._meta.model_name, pk) for pk in self.same_rows(row))

    @cached_property
    def _attendees(self) -> list[Attendee]:
        beside = _beside(CertificateName.objects.filter(attendee=OuterRef("pk")))
        return list(self.event.attendees.annotate(beside=beside))

    @cached_property
    def _contributors(self) -> list[Contributor]:
        beside = _beside(CertificateName.objects.filter(contributor=OuterRef("pk")))
        return list(self.event.contributors.annotate(beside=beside))

    @cached_property
    def _merges(self) -> list[Merge]:
        return list(self.event.merges.order_by("pk"))

    @cached_property
    def _rows(self) -> Rows:
        return Rows(self._merges)

    @cached_property
    def _merged_into(self) -> Mapping[int, Attendee]:
        people = {it.pk: it for it in self._attendees}
        return {other: people[kept] for other, kept in self._rows.hidden_behind.items()}

    @cached_property
    def _certificates(self) -> Mapping[Whose, Participation]:
        return {_whose(it): it for it in self._participations if not it.certificate.is_revoked}

    @cached_property
    def _said(self) -> Mapping[Whose, Exclusion]:
        return {_whose(it): it for it in self.event.exclusions.with_by()}

    @cached_property
    def _unreplaced(self) -> set[Whose]:
        return {_whose(it) for it in self._participations if it.unreplaced}

    @cached_property
    def _mended_names(self) -> Mapping[Whose, str]:
        said = reversed(self._participations)
        return {_whose(it): it.mended_name for it in said if it.mended_name}

    @cached_property
    def _participations(self) -> list[Participation]:
        """All that there ever were, the latest first."""
        return list(self.event.participations.select_related("certificate__entry").order_by("-pk"))

    @cached_property
    def _alike(self) -> Mapping[int, Attendee]:
        """Who may be somebody else on the list, as long as nobody said whether they are."""
        here = [it for it in self._attendees if it.pk not in self._merged_into]
        pairs = undecided(here, self._merges, self._excluded_for_another)
        return {
            one.pk: other
            for it in pairs
            for one, other in ((it.first, it.second), (it.second, it.first))
        }

    @property
    def _excluded_for_another(self) -> list[int]:
        """Who came and is no doubt to another any more: nobody is merged after the report."""
        if not self.event.is_settled:
            return []
        said = self._said.keys() - self._unreplaced
        return [pk for whose, pk in said if whose == "attendee" and pk]


def _beside(kept: models.QuerySet[CertificateName]) -> Subquery:
    """What somebody is called for certificates beside the list, and what the list said then."""
    return Subquery(kept.values(told=JSONObject(name="name", instead_of="instead_of")))


def _whose(it: Participation | Exclusion) -> Whose:
    """Whose it is; nobody's, once they were taken off the event."""
    if it.attendee_id:
        return "attendee", it.attendee_id
    return "contributor", it.contributor_id


def _printable(candidate: Candidate) -> Candidate:
    """The same, unless no typeface has a sign of what the certificate would say of them."""
    if strange := unprintable(candidate.person.facts()):
        return replace(candidate, why=Why.LETTERS, because=f"memuat {' '.join(strange)}")
    return candidate
