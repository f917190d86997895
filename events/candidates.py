"""Who of an event gets a certificate, and who does not and why: by its rule and its lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from django.db import models
from django.urls import reverse

from desabinaan.typefaces import unprintable
from events.alike import alike
from events.models import Attendee, CertificateRule, Contributor, Event, Merge, Participation
from events.participation import PARTICIPANT, SPEAKER, Person

MOST_AT_ONCE = 1_000  # papers that one order numbers while the browser waits


class Why(models.TextChoices):
    """Why somebody gets no certificate now."""

    LETTERS = "letters", "Tidak dapat dicetak"
    ALIKE = "alike", "Mirip orang lain"
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
        return Person(name, f"{row.title}, {row.institution}", role, row.topic)

    @property
    def tone(self) -> str:
        """Whether something is to be done about it."""
        return "attention" if self.why in (Why.LETTERS, Why.ALIKE) else "neutral"

    @property
    def mended_at(self) -> str:
        """Where what is wrong can be mended."""
        if self.why in (Why.ALIKE, Why.MERGED):
            return reverse("events:alike", args=[self.row.event_id])
        name = "attendee" if isinstance(self.row, Attendee) else "contributor"
        return reverse(f"events:{name}_edit", args=[self.row.pk])


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

    @property
    def later(self) -> int:
        """How many have to wait for the order after that."""
        return len(self.lacking) - len(self.wanted)

    @cached_property
    def having(self) -> list[Candidate]:
        """Who has one."""
        return [it for it in self.all if it.why == Why.HAS]

    @cached_property
    def left_out(self) -> list[Candidate]:
        """Who gets none, what can be mended first."""
        order = list(Why)
        found = [it for it in self.all if it.why not in (None, Why.HAS)]
        return sorted(found, key=lambda it: order.index(it.why))  # type: ignore[arg-type]

    @property
    def waiting(self) -> int:
        """How many would get one, were something mended first."""
        return sum(it.why in (Why.LETTERS, Why.ALIKE) for it in self.left_out)

    def _contributor(self, row: Contributor) -> Candidate:
        if its := self._certificates.get(("contributor", row.pk)):
            return Candidate(row, Why.HAS, its=its)
        if self.rule is None or row.contribution not in self.rule.contributions:
            return Candidate(row, Why.RULE, row.get_contribution_display())
        return _printable(Candidate(row, mended_name=self._mended(row)))

    def _attendee(self, row: Attendee) -> Candidate:
        if its := self._of_attendee(row):
            return Candidate(row, Why.HAS, its=its)
        if kept := self._merged_into.get(row.pk):
            return Candidate(row, Why.MERGED, f"dengan {kept}, {kept.institution}")
        if self.rule is None or row.category not in self.rule.categories:
            return Candidate(row, Why.RULE, f"kelompok {row.get_category_display()}")
        if other := self._alike.get(row.pk):
            return Candidate(row, Why.ALIKE, f"{other}, {other.institution}")
        return _printable(Candidate(row, mended_name=self._mended(row)))

    def _mended(self, row: Attendee | Contributor) -> str:
        """What they are called by whoever revoked a certificate of theirs last."""
        if not self.event.is_settled:
            return ""  # the lists are mended themselves, also once a report was taken back
        return self._mended_names.get((row._meta.model_name, row.pk), "")

    def _of_attendee(self, row: Attendee) -> Participation | None:
        """Their own certificate, or that of a row which turned out to be the same person."""
        same = [row.pk, *self._merged_here(row.pk)]
        return next(filter(None, (self._certificates.get(("attendee", pk)) for pk in same)), None)

    def _merged_here(self, kept: int) -> Iterator[int]:
        for merge in self._merges:
            if merge.is_one and merge.kept_id == kept:
                yield merge.other_id
                yield from self._merged_here(merge.other_id)

    @cached_property
    def _attendees(self) -> list[Attendee]:
        return list(self.event.attendees.all())

    @cached_property
    def _contributors(self) -> list[Contributor]:
        return list(self.event.contributors.all())

    @cached_property
    def _merges(self) -> list[Merge]:
        return list(self.event.merges.order_by("pk"))

    @cached_property
    def _merged_into(self) -> Mapping[int, Attendee]:
        people = {it.pk: it for it in self._attendees}
        return {it.other_id: people[it.kept_id] for it in self._merges if it.is_one}

    @cached_property
    def _certificates(self) -> Mapping[tuple[str, int], Participation]:
        found = {}
        for its in self._participations:
            if its.certificate.is_revoked:
                continue
            if its.attendee_id:
                found["attendee", its.attendee_id] = its
            elif its.contributor_id:
                found["contributor", its.contributor_id] = its
        return found

    @cached_property
    def _mended_names(self) -> Mapping[tuple[str | None, int | None], str]:
        said = [it for it in reversed(self._participations) if it.mended_name]
        names: dict[tuple[str | None, int | None], str] = {}
        for it in said:
            names["attendee", it.attendee_id] = it.mended_name
            names["contributor", it.contributor_id] = it.mended_name
        return names

    @cached_property
    def _participations(self) -> list[Participation]:
        """All that there ever were, the latest first."""
        return list(self.event.participations.select_related("certificate__entry").order_by("-pk"))

    @cached_property
    def _alike(self) -> Mapping[int, Attendee]:
        """Who may be somebody else on the list; once that is settled for good nobody can say it."""
        if self.event.is_settled:
            return {}
        here = [it for it in self._attendees if it.pk not in self._merged_into]
        said = {frozenset((it.kept_id, it.other_id)) for it in self._merges}
        return dict(_open(here, said))


def _open(people: list[Attendee], said: Iterable[frozenset[int]]) -> Iterator[tuple[int, Attendee]]:
    for pair in alike(people):
        one, other = pair.first, pair.second
        if frozenset((one.pk, other.pk)) not in said:
            yield one.pk, other
            yield other.pk, one


def _printable(candidate: Candidate) -> Candidate:
    """The same, unless no typeface has a sign of what the certificate would say of them."""
    if strange := unprintable(candidate.person.facts()):
        return replace(candidate, why=Why.LETTERS, because=f"memuat {' '.join(strange)}")
    return candidate
