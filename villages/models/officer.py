"""PIMPASA: officers who guide villages, appointed by decree, and their dated assignments."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, JSONObject, Now
from django.urls import reverse

from accounts.models import Office, OfficeKind, User
from accounts.models.office import today_there
from accounts.models.role import in_force, is_in_force
from certificates.models import Letter
from desabinaan import ranges
from desabinaan.locking import LockingQuerySet
from villages.models.guidance import is_unconfirmed
from villages.models.status import ADRIFT, Status, standing_words
from villages.models.village import ContactRole, Village, VillageContact, standing_told

if TYPE_CHECKING:
    from accounts.access import Access


class OfficerFilter(models.TextChoices):
    """Which officers a list shows, by their term today."""

    LIVE = "live", "Bertugas"
    IDLE = "idle", "Tanpa desa"
    OVER = "over", "Berakhir"


class OfficerQuerySet(LockingQuerySet["Officer"]):
    def visible_to(self, access: Access) -> Self:
        """The officers of the offices that this person may read, and their own entry."""
        return self.filter(Q(office__among=access.office_ids) | Q(user=access.user))

    def in_current_office(self, access: Access) -> Self:
        """Those of the office that the person works in now; of all below it, at a Kanwil."""
        return self.filter(Q(office__among=access.working_office_ids) | Q(user=access.user))

    def live(self) -> Self:
        """Those whose term holds today, by the calendar of their office."""
        return self.filter(in_force(today_there("office__")))

    def not_over(self) -> Self:
        """Those whose term holds today or is still to come."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today_there("office__")))

    def who_may_guide(self, village: Village) -> Self:
        """Those of its office; and of the Rudenim of the same Kanwil, which guide no villages."""
        kanwil = village.office.parent_id
        lent = Q(office__kind=OfficeKind.DETENTION_HOUSE, office__parent=kanwil)
        return self.filter(Q(office=village.office) | (lent if kanwil else Q(pk__in=[])))

    def free_for(self, village: Village) -> Self:
        """Those who do not guide this village, and are not about to."""
        held = Assignment.objects.not_over().filter(officer=models.OuterRef("pk"), village=village)
        return self.exclude(models.Exists(held))

    def matching(self, text: str) -> Self:
        """Those whose name contains the text, or whose NIP its digits."""
        text = text.replace("\0", "")
        if not text:
            return self
        found = Q(user__name__icontains=text)
        digits = "".join(text.split())
        if digits.isdigit():
            found |= Q(user__username__startswith=digits)
        return self.filter(found)

    def of_office(self, code: str) -> Self:
        """Those of the office with this code; all where none is named."""
        return self.filter(office__code=code.replace("\0", "")) if code else self

    def standing_at(self, standing: str) -> Self:
        """Of those listed, the ones that stand here; all but the former for an unknown one."""
        match standing:
            case OfficerFilter.OVER:
                return self.filter(ends_on__lt=today_there("office__"))
            case OfficerFilter.IDLE:
                return self.live().filter(load=0)
            case _:
                return self.not_over()

    def with_list(self) -> Self:
        """Everything that a row of the list names: the person, the office, how many villages."""
        load = _live_assignments(officer=models.OuterRef("pk")).order_by().values("officer")
        counted = load.annotate(number=models.Count("pk")).values("number")
        return (
            self.select_related("user", "office")
            .annotate(load=Coalesce(models.Subquery(counted), 0))
            .order_by("user__name", "pk")
        )

    def with_page(self) -> Self:
        """Everything that the record page names, the assignments aside."""
        return self.select_related("user", "office__parent")

    def with_held(self) -> Self:
        """With the person and the office."""
        return self.with_page()


class Officer(models.Model):
    """A person's term as Petugas Imigrasi Pembina Desa of one office, by its appointment decree."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="officerships")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="officers")
    decree_number = models.CharField("nomor SK pengangkatan", max_length=100)
    decree_dated = models.DateField("tanggal SK pengangkatan")
    decree_signer_title = models.CharField("jabatan penanda tangan SK", max_length=120)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai", null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dibuat", db_default=Now(), editable=False)
    load: int  # annotated by with_list()

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "PIMPASA"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="officer_has_decree",
                condition=~Q(decree_number="") & ~Q(decree_signer_title=""),
            ),
            models.CheckConstraint(
                name="officer_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            ExclusionConstraint(
                name="officer_one_term_at_a_time",
                expressions=[
                    (ranges.only("user_id"), RangeOperators.OVERLAPS),
                    (ranges.days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Orang ini sudah menjadi PIMPASA pada tanggal tersebut.",
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    def get_absolute_url(self) -> str:
        return reverse("villages:officer", args=[self.pk])

    def is_live(self) -> bool:
        """Whether the term holds today, by the calendar of the office."""
        return is_in_force(self, self.office.today())

    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.ends_on is not None and self.ends_on < self.office.today()

    @property
    def signs_in(self) -> bool:
        """Whether a password opens the person's account."""
        return self.user.has_usable_password()


class Basis(models.TextChoices):
    """The document that an assignment stands on."""

    DECREE = "decree", "Surat keputusan"
    LETTER = "letter", "Surat tugas"


class Part(models.TextChoices):
    """What an officer is among those who guide a village."""

    LEAD = "lead", "Ketua"
    MEMBER = "member", "Anggota"


class AssignmentQuerySet(LockingQuerySet["Assignment"]):
    def visible_to(self, access: Access) -> Self:
        """The assignments of the person's offices, their own, and those to their villages."""
        inside = Q(officer__office__among=access.office_ids) | Q(
            village__office__among=access.office_ids
        )
        return self.filter(
            inside | Q(officer__user=access.user) | Q(village__in=access.village_ids)
        )

    def live(self) -> Self:
        """Those in force today, by the calendar of the officer's office."""
        return self.filter(in_force(today_there("officer__office__")))

    def not_over(self) -> Self:
        """Those in force today, and those still to come."""
        today = today_there("officer__office__")
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def to_designated(self) -> Self:
        """Those to villages that stand designated today."""
        return self.filter(village__in=Village.objects.designated())

    def to_others(self) -> Self:
        """Those to all other villages: proposed, refused, revoked, or never proposed."""
        return self.exclude(village__in=Village.objects.designated())

    def with_list(self) -> Self:
        """Everything that a row names: officer, village with where it lies, the latest letter."""
        related = self.select_related(
            "officer__user",
            "officer__office",
            "village__office",
            "village__region__parent__parent__parent",
        )
        sent_by = Letter.objects.filter(assignment_letter__assignments=models.OuterRef("pk"))
        latest = sent_by.filter(entry__void=None).order_by("-pk")
        told = JSONObject(pk="pk", number="entry__number")
        return related.annotate(letter=models.Subquery(latest.values(told=told)[:1]))

    def with_desk(self) -> Self:
        """The same in one query, with whom one guides the village, and whom one calls there."""
        contacts = VillageContact.objects.filter(village=models.OuterRef("village"))
        speaking = contacts.filter(Q(until=None) | Q(until__gte=today_there("village__office__")))
        told = JSONObject(name="name", title="title", role="role", phone="phone")
        others = Assignment.objects.live().filter(village=models.OuterRef("village"))
        others = others.exclude(officer=models.OuterRef("officer")).order_by("officer__user__name")
        return (
            self.with_list()
            .with_standing()
            .annotate(
                is_unconfirmed=is_unconfirmed("village__"),
                contacts=ArraySubquery(speaking.order_by("role", "name").values(told=told)),
                others=ArraySubquery(others.values("officer__user__name")),
            )
        )

    def with_standing(self) -> Self:
        """With where the village stands."""
        return self.annotate(standing=standing_told("village__"))

    def by_officer(self) -> Self:
        """Officer by officer, the villages of each by their codes: one order for whoever asks."""
        return self.order_by("officer__user__name", "village__region", "pk")

    def with_heirs(self) -> Self:
        """With the names of those who are the same there from the day after it ends."""
        next_day = models.OuterRef("ends_on") + timedelta(days=1)
        after = Assignment.objects.filter(village=models.OuterRef("village"), starts_on=next_day)
        after = after.filter(part=models.OuterRef("part")).exclude(
            officer=models.OuterRef("officer")
        )
        names = after.order_by("officer__user__name").values("officer__user__name")
        return self.annotate(heirs=ArraySubquery(names))

    def with_held(self) -> Self:
        """With officer and village."""
        return self.select_related("officer__user", "officer__office", "village__region")


def _live_assignments(**of: Any) -> AssignmentQuerySet:
    return Assignment.objects.live().filter(**of)


def guides_of(village: models.OuterRef) -> ArraySubquery:
    """The names of the officers who guide a village today, for a list of villages."""
    live = _live_assignments(village=village).order_by("part", "officer__user__name")
    return ArraySubquery(live.values("officer__user__name"))


def has_guide(village: models.OuterRef) -> models.Exists:
    """Whether an officer guides a village today."""
    return models.Exists(_live_assignments(village=village))


class Assignment(models.Model):
    """An officer guides a village, from one day to another, on the ground of a document."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="assignments")
    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="assignments")
    part = models.CharField("kedudukan", max_length=6, choices=Part, default=Part.MEMBER)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("sampai", null=True, blank=True)
    basis = models.CharField("dasar penugasan", max_length=6, choices=Basis)
    basis_number = models.CharField("nomor dokumen dasar", max_length=100)
    basis_dated = models.DateField("tanggal dokumen dasar")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dibuat", db_default=Now(), editable=False)
    letter: dict[str, Any] | None  # annotated by with_list(): the latest whose number counts
    contacts: list[dict[str, str]]  # annotated by with_desk(), like the next
    others: list[str]
    standing: str | None  # annotated by with_standing()
    heirs: list[str]  # annotated by with_heirs(): who takes it on, once that is settled

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        ordering = [F("ends_on").desc(nulls_first=True), "part", "-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(name="assignment_part_known", condition=Q(part__in=Part.values)),
            models.CheckConstraint(
                name="assignment_basis_known", condition=Q(basis__in=Basis.values)
            ),
            models.CheckConstraint(name="assignment_basis_numbered", condition=~Q(basis_number="")),
            models.CheckConstraint(
                name="assignment_dates_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            ExclusionConstraint(
                name="assignment_once_at_a_time",
                expressions=[
                    (ranges.only("officer_id"), RangeOperators.OVERLAPS),
                    (ranges.only("village_id"), RangeOperators.OVERLAPS),
                    (ranges.days(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="PIMPASA ini sudah ditugaskan di desa itu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} – {self.village}"

    @property
    def is_to_designated(self) -> bool:
        """Whether the village stands designated."""
        return self.standing == Status.APPROVED

    @property
    def is_adrift(self) -> bool:
        """Whether nothing is left to guide there, and the assignment goes on all the same."""
        return self.standing in ADRIFT

    @property
    def standing_label(self) -> str:
        """The words for where the village stands."""
        return standing_words(self.standing)

    @property
    def lacks_head(self) -> bool:
        """Whether nobody is noted who leads the village today."""
        return not any(contact["role"] == ContactRole.HEAD for contact in self.contacts)

    def is_live(self) -> bool:
        """Whether it holds today, by the calendar of the officer's office."""
        return is_in_force(self, self.officer.office.today())

    def is_coming(self) -> bool:
        """Whether its first day is still to come."""
        return self.starts_on > self.officer.office.today()

    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return not self.is_live() and not self.is_coming()

    def is_new(self) -> bool:
        """Whether it has not counted for a whole day yet, so that a slip may be struck out."""
        return self.starts_on >= self.officer.office.today()
