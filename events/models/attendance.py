"""Who came to an event: people by name, pupils by number, and who of them is one person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Value
from django.db.models.functions import Lower, Now

from accounts.models import User
from desabinaan.locking import LockingQuerySet
from events.models.event import Event
from events.models.invitee import Invitee
from events.one_person import RowsOf
from events.positions import position
from villages.models.document import ALLOWED_TYPES, StoredFile
from villages.models.region import search_key

if TYPE_CHECKING:
    from accounts.access import Access

LONGEST_NAME, LONGEST_PLACE, LONGEST_TITLE, LONGEST_PHONE = 120, 160, 120, 20
LONGEST_GRADE = 40
MOST_PUPILS = 5_000  # of a class, boys or girls; more is a slip of the finger


class Sex(models.TextChoices):
    """As a paper sheet asks for it."""

    MALE = "L", "Laki-laki"
    FEMALE = "P", "Perempuan"


class Category(models.TextChoices):
    """For whom somebody came (programme.md §4.3)."""

    OFFICER = "officer", "Petugas imigrasi"
    VILLAGE = "village", "Desa"
    AGENCY = "agency", "Instansi"
    PUBLIC = "public", "Umum"


class Source(models.TextChoices):
    """By which way somebody came onto the list."""

    OFFICER = "officer", "Dicatat petugas"
    SELF = "self", "Mengisi sendiri"
    PAPER = "paper", "Dari lembar kertas"
    IMPORT = "import", "Dari berkas tabel"


def longest_key(length: int) -> int:
    """How long the key of a name of this length may become: a ligature becomes several letters."""
    return length * 4


def phone_digits(phone: str) -> str:
    """The number as phones are compared: without country, leading zero, spaces and signs."""
    digits = "".join(sign for sign in phone if sign in "0123456789")
    digits = digits[2:] if digits.startswith("62") else digits
    return digits.lstrip("0")


def who(name: str, institution: str, phone: str) -> tuple[str, str, str]:
    """What makes two records of an event one person; the database computes the same."""
    return search_key(name), search_key(institution), phone_digits(phone)


def _key(field: str, length: int) -> models.GeneratedField:
    """The words without case, accents, spaces and punctuation, as `search_key` leaves them."""
    text = models.CharField(max_length=length)
    plain = Func(F(field), template="normalize(%(expressions)s, NFKD)", output_field=text)
    return models.GeneratedField(
        expression=_replaced(Lower(plain), "[^a-z0-9]", text),
        output_field=models.CharField(max_length=length, db_collation="C"),
        db_persist=True,
    )


def _replaced(
    words: models.Expression | F | Func, pattern: str, output: models.CharField[str, str]
) -> Func:
    arguments = (words, Value(pattern), Value(""), Value("g"))
    return Func(*arguments, function="regexp_replace", output_field=output)


def _digits(field: str) -> models.GeneratedField:
    text = models.CharField(max_length=LONGEST_PHONE)
    return models.GeneratedField(
        expression=_replaced(_replaced(F(field), "[^0-9]", text), "^(62)?0*", text),
        output_field=models.CharField(max_length=LONGEST_PHONE, db_collation="C"),
        db_persist=True,
    )


class OfEventQuerySet[M: models.Model](LockingQuerySet[M]):
    """Rows of an event that only its offices read: other people's names are in them."""

    def visible_to(self, access: Access) -> Self:
        """Those of events of the person's offices."""
        return self.filter(event__office__among=access.office_ids)

    def with_held(self) -> Self:
        """With the event and its office."""
        return self.select_related("event__office")


class AttendeeQuerySet(OfEventQuerySet["Attendee"]):
    def present(self) -> Self:
        """Each person once: without those that were merged into another row."""
        return self.exclude(models.Exists(Merge.objects.one().filter(other=OuterRef("pk"))))

    def self_entered(self, since: datetime, before: datetime) -> Self:
        """Those who entered themselves in this time."""
        return self.filter(source=Source.SELF, at__gte=since, at__lt=before)

    def unvouched(self) -> Self:
        """Those who rest on their own word alone: no officer noted or mended them as well, and none
        said of them that they are a guest, one with another row or not, certified, or excluded.
        """
        pair = Q(other=OuterRef("pk")) | Q(kept=OuterRef("pk"))
        compared = models.Exists(Merge.objects.filter(pair))
        own = self.filter(source=Source.SELF, vouched_by=None, invitee=None).exclude(compared)
        return own.filter(participations=None, exclusions=None)

    def with_invitation(self) -> Self:
        """Each with whether they came as somebody who is invited, by whichever of their rows."""
        came = Attendee.objects.filter(pk__in=RowsOf(OuterRef("pk")), invitee__isnull=False)
        return self.annotate(was_invited=Q(invitee__isnull=False) | models.Exists(came))

    def with_guests(self) -> Self:
        """Each with the guest as whom they came, if any, and those that they are said not to be."""
        from events.models.guest_denial import GuestDenial  # noqa: PLC0415 - it imports us

        said = GuestDenial.objects.filter(attendee=OuterRef("pk")).order_by()
        named = self.with_invitation().select_related("invitee")
        return named.annotate(denied=ArraySubquery(said.values("invitee")))

    def without_phone(self, row: Attendee) -> Self:
        """Who this row would be, had it no phone; hidden rows too."""
        return self.filter(name_key=row.name_key, place_key=row.place_key, phone_digits="")

    def same_as(self, row: int) -> Self:
        """Their row, and those that were merged into it, or into one that was."""
        return self.filter(pk__in=RowsOf(Value(row)))

    def matching(self, text: str) -> Self:
        """Those whose name or institution contains the text."""
        key = search_key(text)
        if not text.strip():
            return self
        if not key:
            return self.none()
        return self.filter(Q(name_key__contains=key) | Q(place_key__contains=key))


class Attendee(models.Model):
    """Somebody who came, as they are called; the same person noted twice is one row."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendees")
    name = models.CharField("nama", max_length=LONGEST_NAME)
    institution = models.CharField("instansi atau desa", max_length=LONGEST_PLACE)
    title = models.CharField("jabatan", max_length=LONGEST_TITLE, blank=True)
    phone = models.CharField("nomor HP", max_length=LONGEST_PHONE, blank=True)
    sex = models.CharField("L/P", max_length=1, choices=Sex, blank=True)
    category = models.CharField("kelompok", max_length=10, choices=Category)
    source = models.CharField("cara", max_length=10, choices=Source)
    invitee = models.ForeignKey(
        Invitee,
        verbose_name="undangan",
        on_delete=models.PROTECT,
        related_name="noted",
        null=True,
        blank=True,
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # The first officer who noted or mended what somebody entered themselves.
    vouched_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    at = models.DateTimeField("dicatat", db_default=Now(), editable=False)

    name_key = _key("name", longest_key(LONGEST_NAME))
    place_key = _key("institution", longest_key(LONGEST_PLACE))
    phone_digits = _digits("phone")

    was_invited: bool  # annotated by with_invitation()
    denied: list[int]  # annotated by with_guests()
    gets_none: bool  # annotated by `events.alike.waiting`

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        verbose_name = "peserta"
        ordering = ["name_key", "place_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="attendee_once",
                fields=["event", "name_key", "place_key", "phone_digits"],
                violation_error_message="Orang ini sudah ada dalam daftar hadir.",
            ),
            models.UniqueConstraint(
                name="attendee_of_invitee_once",
                fields=["invitee"],
                violation_error_message="Undangan ini sudah dicatat hadir.",
            ),
            models.CheckConstraint(
                name="attendee_is_named", condition=~Q(name_key="") & ~Q(place_key="")
            ),
            models.CheckConstraint(
                name="attendee_choices_known",
                condition=Q(category__in=Category.values)
                & Q(source__in=Source.values)
                & Q(sex__in=["", *Sex.values]),
            ),
            models.CheckConstraint(
                name="attendee_self_or_recorded",
                condition=Q(source=Source.SELF, recorded_by=None)
                | ~Q(source=Source.SELF) & Q(recorded_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rests_on_own_word(self) -> bool:
        """Whether they entered themselves, and no officer noted or mended them as well."""
        return self.source == Source.SELF and self.vouched_by_id is None

    @property
    def whose(self) -> str:
        """Title and institution as they are read out."""
        return position(self.title, self.institution)


class MergeQuerySet(OfEventQuerySet["Merge"]):
    def one(self) -> Self:
        """Where both were found to be one person."""
        return self.filter(is_one=True)

    def with_people(self) -> Self:
        """With both, and who said so."""
        return self.select_related("kept", "other", "by")


class Merge(models.Model):
    """What somebody said of two rows that look alike: one person, or two.

    Of one person the kept row counts, the other stays hidden. Undone, nothing was said.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="merges")
    kept = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="merged_in")
    other = models.ForeignKey(Attendee, on_delete=models.CASCADE, related_name="merged_into")
    is_one = models.BooleanField("orang yang sama")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "penggabungan"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="merge_pair_once", fields=["kept", "other"]),
            models.UniqueConstraint(
                name="merge_hidden_once", fields=["other"], condition=Q(is_one=True)
            ),
            models.CheckConstraint(name="merge_of_two", condition=~Q(kept=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.kept} = {self.other}"


class SchoolCountQuerySet(OfEventQuerySet["SchoolCount"]):
    """Classes that came."""


class SchoolCount(models.Model):
    """How many pupils of a class came; minors are counted, never named."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="school_counts")
    school = models.CharField("sekolah", max_length=LONGEST_PLACE)
    grade = models.CharField("kelas", max_length=LONGEST_GRADE)
    boys = models.PositiveSmallIntegerField("laki-laki")
    girls = models.PositiveSmallIntegerField("perempuan")

    school_key = _key("school", longest_key(LONGEST_PLACE))
    grade_key = _key("grade", longest_key(LONGEST_GRADE))

    objects = SchoolCountQuerySet.as_manager()

    class Meta:
        verbose_name = "kelas"
        ordering = ["school_key", "grade_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="school_count_once",
                fields=["event", "school_key", "grade_key"],
                violation_error_message="Kelas ini sudah dihitung; ubah jumlahnya.",
            ),
            models.CheckConstraint(
                name="school_count_of_some",
                condition=~Q(school_key="")
                & ~Q(grade_key="")
                & Q(boys__lte=MOST_PUPILS, girls__lte=MOST_PUPILS)
                & (Q(boys__gt=0) | Q(girls__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}, kelas {self.grade}"

    @property
    def total(self) -> int:
        """Boys and girls."""
        return self.boys + self.girls


class AttendancePageQuerySet(OfEventQuerySet["AttendancePage"]):
    """Photographed sheets."""


class AttendancePage(StoredFile):
    """A signed sheet, photographed or scanned: what the names that were typed later rest on."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendance_pages")

    objects = AttendancePageQuerySet.as_manager()

    class Meta:
        verbose_name = "lembar daftar hadir"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="attendance_page_type_allowed", condition=Q(content_type__in=ALLOWED_TYPES)
            ),
        ]
