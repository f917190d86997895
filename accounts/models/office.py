"""The tree of units: Ditjen, Kanwil, Kanim and Rudenim."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from accounts.models.role import Role, live_roles
from desabinaan import lookups  # noqa: F401 - `among` is known from here on
from desabinaan.asked import present
from desabinaan.locking import LockingQuerySet

if TYPE_CHECKING:
    from accounts.access import Access

MINISTRY = "Kementerian Imigrasi dan Pemasyarakatan Republik Indonesia"


class OfficeKind(models.TextChoices):
    """What a unit is."""

    DIRECTORATE = "directorate", "Direktorat Jenderal"
    REGIONAL = "regional", "Kantor Wilayah"
    IMMIGRATION_OFFICE = "immigration_office", "Kantor Imigrasi"
    DETENTION_HOUSE = "detention_house", "Rumah Detensi Imigrasi"


class TimeZone(models.TextChoices):
    """The three zones of Indonesia, by the names that the tz database gives them."""

    WIB = "Asia/Jakarta", "WIB"
    WIB_PONTIANAK = "Asia/Pontianak", "WIB (Pontianak)"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


# Which unit stands below which; the database knows the same by a trigger.
KINDS_ABOVE: dict[str, tuple[OfficeKind, ...]] = {
    OfficeKind.DIRECTORATE: (),
    OfficeKind.REGIONAL: (OfficeKind.DIRECTORATE,),
    OfficeKind.IMMIGRATION_OFFICE: (OfficeKind.REGIONAL, OfficeKind.DIRECTORATE),
    OfficeKind.DETENTION_HOUSE: (OfficeKind.REGIONAL, OfficeKind.DIRECTORATE),
}


class OfficeFilter(models.TextChoices):
    """Which offices a list shows."""

    OPEN = "open", "Beroperasi"
    CLOSED = "closed", "Ditutup"


class OfficeQuerySet(LockingQuerySet["Office"]):
    def visible_to(self, access: Access) -> Self:
        """The offices whose records this person may read."""
        return self.filter(pk__among=access.office_ids)

    def matching(self, text: str) -> Self:
        """Those whose name, city or code contains the text."""
        text = text.replace("\0", "")  # PostgreSQL stores none, and refuses to compare with one
        names = Q(name__icontains=text) | Q(city__icontains=text) | Q(code__icontains=text)
        return self.filter(names) if text else self

    def of_kind(self, kind: str) -> Self:
        """Those of one kind; unknown kinds leave the list as it is."""
        return self.filter(kind=kind) if kind in OfficeKind.values else self

    def of_class(self, office_class: str) -> Self:
        """Those of one class; all where none is asked for."""
        return self.filter(office_class=office_class.replace("\0", "")) if office_class else self

    def open(self) -> Self:
        """Those that are not closed today; what is to close later is open until then."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=today_there()))

    def staying(self) -> Self:
        """Those that no day is set for to close: they may take in people, villages and regions."""
        return self.filter(closed_on=None)

    def standing_at(self, standing: str) -> Self:
        """Those that are closed, or all that are open."""
        if standing == OfficeFilter.CLOSED:
            return self.filter(closed_on__lte=today_there())
        return self.open()

    def above(self, kind: str) -> Self:
        """The units below which one of this kind may stand, the Kanwil first."""
        return self.staying().filter(kind__in=KINDS_ABOVE[kind]).order_by("-kind", "name")

    def with_held(self) -> Self:
        """With the unit above."""
        return self.select_related("parent")

    def with_list(self) -> Self:
        """Everything that a row of the list names: the unit above, people, numbers."""
        live = live_roles(today_there(), through="memberships__")
        people = models.Count("memberships__user", filter=live, distinct=True)
        admins = models.Count(
            "memberships", filter=live & Q(memberships__role=Role.ADMIN), distinct=True
        )
        return self.select_related("parent").annotate(people=people, admins=admins).order_by("name")


def today_there(through: str = "") -> Cast:
    """`Office.today()` for the database: the date in the zone of each row's office."""
    clock = Func(
        F(f"{through}timezone"),
        Value(present()),
        function="timezone",
        output_field=models.DateTimeField(),
    )
    return Cast(clock, models.DateField())


class Office(models.Model):
    """A unit of the immigration service, with what its papers print."""

    code = models.SlugField("kode", max_length=60, unique=True)
    kind = models.CharField("jenis", max_length=20, choices=OfficeKind)
    name = models.CharField("nama", max_length=120)
    office_class = models.CharField("kelas", max_length=40, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name="unit atasan",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    city = models.CharField("kota", max_length=80, blank=True)
    timezone = models.CharField("zona waktu", max_length=40, choices=TimeZone, default=TimeZone.WIB)
    status = models.CharField("keadaan", max_length=60, blank=True)
    note = models.CharField("keterangan", max_length=200, blank=True)
    address = models.CharField("alamat", max_length=250, blank=True)
    # How the public reaches the office: its own numbers, never a person's.
    phone = models.CharField("telepon", max_length=30, blank=True)
    whatsapp = models.CharField("nomor WhatsApp", max_length=20, blank=True)
    email = models.EmailField("surel", blank=True)
    letterhead = models.TextField("kop surat", blank=True, help_text="Satu baris per tingkat.")
    emblem = models.FileField("lambang kantor", upload_to="emblems/", blank=True)
    prints_rank = models.BooleanField("cetak pangkat penanda tangan", default=True)
    prints_nip = models.BooleanField("cetak NIP penanda tangan", default=True)
    # From this day on nothing happens here; what was issued stays.
    closed_on = models.DateField("ditutup sejak", null=True, blank=True)
    # The fields that a person has settled: the list of offices leaves them alone.
    settled = ArrayField(models.CharField(max_length=20), default=list, blank=True, editable=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = "kantor"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="office_kind_known", condition=Q(kind__in=OfficeKind.values)
            ),
            models.CheckConstraint(
                name="office_whatsapp_is_a_number",
                condition=Q(whatsapp="") | Q(whatsapp__regex=r"^\+[0-9]{8,15}$"),
            ),
            models.CheckConstraint(
                name="office_timezone_known", condition=Q(timezone__in=TimeZone.values)
            ),
            models.CheckConstraint(
                name="office_only_directorate_is_root",
                condition=Q(kind=OfficeKind.DIRECTORATE, parent=None)
                | ~Q(kind=OfficeKind.DIRECTORATE) & Q(parent__isnull=False),
            ),
            models.UniqueConstraint(
                name="office_one_directorate",
                fields=["kind"],
                condition=Q(kind=OfficeKind.DIRECTORATE),
            ),
            models.CheckConstraint(
                name="office_directorate_stays_open",
                condition=Q(closed_on=None) | ~Q(kind=OfficeKind.DIRECTORATE),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:office_detail", args=[self.code])

    @property
    def short_name(self) -> str:
        """The name without its class: "Kantor Imigrasi Wonosobo"."""
        return self.name.replace(f" {self.office_class}", "") if self.office_class else self.name

    @property
    def whatsapp_url(self) -> str:
        """Where a phone opens a conversation with the office."""
        return f"https://wa.me/{self.whatsapp.removeprefix('+')}" if self.whatsapp else ""

    @property
    def dialled_phone(self) -> str:
        """The telephone number as a phone dials it."""
        return re.sub(r"[^+\d]", "", self.phone)

    @property
    def is_reachable(self) -> bool:
        """Whether a village can call or write to the office without going there."""
        return bool(self.phone or self.whatsapp)

    @property
    def is_directorate(self) -> bool:
        """Whether this is the Ditjen, whose administrators serve the nation."""
        return self.kind == OfficeKind.DIRECTORATE

    @property
    def designates(self) -> bool:
        """Whether villages are proposed and designated here: in a Kantor Imigrasi, nowhere else."""
        return self.kind == OfficeKind.IMMIGRATION_OFFICE

    @property
    def is_closed(self) -> bool:
        """Whether nothing happens here any more."""
        return self.closed_on is not None and self.closed_on <= self.today()

    def today(self) -> date:
        """The date in the office's own zone: numbers, acting heads and prints go by it."""
        return self.day_of(timezone.now())

    def day_of(self, instant: datetime) -> date:
        """The date of an instant in the office's own zone."""
        return instant.astimezone(ZoneInfo(self.timezone)).date()

    def letterhead_lines(self) -> list[str]:
        """What stands above the office's name on its papers; the hierarchy unless it chose else."""
        if self.letterhead:
            return [line.strip() for line in self.letterhead.splitlines() if line.strip()]
        lines = [MINISTRY, "Direktorat Jenderal Imigrasi"]
        if self.parent and self.parent.kind == OfficeKind.REGIONAL:
            lines.append(self.parent.name)
        return [line.upper() for line in lines]
