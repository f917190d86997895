"""The address book of an office: whom it invites, by institution and title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Concat, Lower, Now
from django.urls import reverse

from accounts.models import Office, User
from desabinaan.locking import LockingQuerySet
from events.positions import position
from villages.models import Region

if TYPE_CHECKING:
    from accounts.access import Access

LONGEST_KEY = 330


class InstitutionKind(models.TextChoices):
    """Who is usually invited (programme.md §4.3)."""

    GOVERNMENT = "government", "Pemerintah daerah (Bupati, Wali Kota, Sekda)"
    NATIONAL_UNITY = "national_unity", "Kesbangpol"
    MANPOWER = "manpower", "Dinas tenaga kerja"
    CIVIL_REGISTRY = "civil_registry", "Dukcapil"
    VILLAGE_AFFAIRS = "village_affairs", "Dinas pemberdayaan desa"
    RELIGIOUS_AFFAIRS = "religious_affairs", "Kementerian Agama"
    DISTRICT = "district", "Kecamatan (Camat)"
    VILLAGE = "village", "Desa atau kelurahan (Kades, Lurah)"
    POLICE = "police", "Kepolisian (Kapolsek, Bhabinkamtibmas)"
    ARMY = "army", "TNI (Danramil, Babinsa)"
    MIGRANT_PROTECTION = "migrant_protection", "BP3MI atau P4MI"
    SOCIAL_SECURITY = "social_security", "BPJS Ketenagakerjaan"
    NGO = "ngo", "Lembaga swadaya masyarakat"
    RELIGIOUS_COURT = "religious_court", "Pengadilan Agama"
    PROSECUTION = "prosecution", "Kejaksaan"
    DETENTION = "detention", "Rutan atau lapas"
    STATISTICS = "statistics", "BPS"
    RADIO = "radio", "Radio"
    PRESS = "press", "Pers"
    SCHOOL = "school", "Sekolah atau perguruan tinggi"
    COMPANY = "company", "Perusahaan"
    COMMUNITY = "community", "Tokoh masyarakat, agama, atau pemuda"
    IMMIGRATION = "immigration", "Imigrasi"
    OTHER = "other", "Lainnya"


def invited_key() -> models.GeneratedField:
    """The institution and title as two invitations are compared: without case and punctuation."""
    return models.GeneratedField(
        expression=Concat(_plain("institution"), Value("/"), _plain("title")),
        output_field=models.CharField(max_length=LONGEST_KEY),
        db_persist=True,
    )


def _plain(field: str) -> Func:
    return Func(
        Lower(field),
        Value("[^[:alnum:]]+"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=models.CharField(),
    )


class InstitutionQuerySet(LockingQuerySet["Institution"]):
    def visible_to(self, access: Access) -> Self:
        """What the person's offices wrote into their address books."""
        return self.filter(office__among=access.office_ids)

    def current(self) -> Self:
        """Those that are still invited."""
        return self.filter(retired_at=None)

    def retired(self) -> Self:
        """Those that are invited no more."""
        return self.filter(retired_at__isnull=False)

    def of_kind(self, kind: str) -> Self:
        """Those of one kind; all where none is named."""
        return self.filter(kind=kind) if kind in InstitutionKind.values else self

    def in_region(self, code: str) -> Self:
        """Those of a kabupaten with all its kecamatan, or of a kecamatan; all for none."""
        return self.filter(region__in=Region.objects.under(code)) if code else self

    def matching(self, text: str) -> Self:
        """Those whose institution, title or person contains the text."""
        text = text.replace("\0", "")
        if not text:
            return self
        names = ("institution", "title", "person")
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": text})
        return self.filter(found)

    def with_list(self) -> Self:
        """With where they are, by kind as invitations name them, and by name."""
        return self.select_related("region__parent__parent")

    def with_held(self) -> Self:
        """With the office and where they are."""
        return self.select_related("office", "region__parent__parent")


class Institution(models.Model):
    """An entry of an office's address book: an institution, and whoever is addressed there.

    It is retired, never deleted: invitations of the past name it.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="institutions")
    kind = models.CharField("jenis", max_length=20, choices=InstitutionKind)
    institution = models.CharField("instansi", max_length=160)
    title = models.CharField("jabatan yang diundang", max_length=160)
    person = models.CharField("nama", max_length=120, blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name="wilayah",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    key = invited_key()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("dicatat", db_default=Now(), editable=False)
    retired_at = models.DateTimeField("tidak dipakai sejak", null=True, editable=False)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "alamat undangan"
        ordering = [
            models.Case(
                *(
                    models.When(kind=it, then=Value(place))
                    for place, it in enumerate(InstitutionKind.values)
                ),
                default=Value(len(InstitutionKind.values)),
            ),
            "institution",
            "title",
            "pk",
        ]
        constraints = [
            models.CheckConstraint(
                name="institution_kind_known", condition=Q(kind__in=InstitutionKind.values)
            ),
            models.CheckConstraint(
                name="institution_is_named", condition=~Q(institution="") & ~Q(title="")
            ),
            models.UniqueConstraint(
                name="institution_once",
                fields=["office", "key"],
                condition=Q(retired_at=None),
                violation_error_message="Instansi dengan jabatan ini sudah ada di buku alamat.",
            ),
        ]

    def __str__(self) -> str:
        return position(self.title, self.institution)

    def get_absolute_url(self) -> str:
        return reverse("events:institution_edit", args=[self.pk])

    @property
    def is_retired(self) -> bool:
        """Whether it is invited no more."""
        return self.retired_at is not None
