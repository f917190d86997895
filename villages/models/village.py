"""Villages that an office guides or means to guide, and who speaks for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from accounts.access import Access
from accounts.models import Office, User
from desabinaan import ranges
from desabinaan.locking import LockingQuerySet
from villages.local_terms import TERMS, head_title
from villages.models.region import Region, named_or_placed
from villages.models.status import DESIGNATED, DESIGNATED_FIRST, Status, standing_words

if TYPE_CHECKING:
    from villages.models.designation import Designation
    from villages.models.officer import Officer


# The box around Indonesia, from Weh to Rote and from Breueh to the border of Papua.
LATITUDES, LONGITUDES = (-11.2, 6.3), (94.7, 141.1)


class ContactRole(models.TextChoices):
    """In what capacity a person speaks for the village."""

    HEAD = "head", "Kepala desa/lurah"
    SECRETARY = "secretary", "Sekretaris desa/kelurahan"
    OPERATOR = "operator", "Operator desa"
    AMBASSADOR = "ambassador", "Duta imigrasi desa"
    OTHER = "other", "Lainnya"


class VillageQuerySet(LockingQuerySet["Village"]):
    def visible_to(self, access: Access) -> Self:
        """The villages of the person's offices, those they act for, those they guide."""
        return self.filter(Q(office__among=access.office_ids) | _ones_own(access))

    def in_current_office(self, access: Access) -> Self:
        """Those of the office that the person works in now; of all below it, at a Kanwil."""
        return self.filter(Q(office__among=access.working_office_ids) | _ones_own(access))

    def with_list(self) -> Self:
        """Everything that a row of the list names; paths are loaded for one page only."""
        from villages.models.guidance import is_unconfirmed  # noqa: PLC0415 - they import Village
        from villages.models.officer import guides_of  # noqa: PLC0415 - the same

        related = self.select_related("office", "region")
        return related.prefetch_related("region__parent__parent__parent").annotate(
            standing=models.Subquery(latest_sheet("status")),
            designated_on=models.Subquery(latest_sheet("designated_on")),
            guides=guides_of(models.OuterRef("pk")),
            is_unconfirmed=is_unconfirmed(),
        )

    def unguided(self) -> Self:
        """Those that no PIMPASA guides today."""
        from villages.models.officer import has_guide  # noqa: PLC0415 - it imports Village

        return self.exclude(has_guide(models.OuterRef("pk")))

    def without_account(self) -> Self:
        """Those for which nobody of the village can sign in today."""
        from villages.models.account import VillageAccess  # noqa: PLC0415 - it imports Village

        live = VillageAccess.objects.live().filter(village=models.OuterRef("pk"))
        return self.exclude(models.Exists(live))

    def free_of(self, officer: Officer) -> Self:
        """Those that this officer does not guide, and is not about to."""
        from villages.models.officer import Assignment  # noqa: PLC0415 - it imports Village

        held = Assignment.objects.not_over().filter(officer=officer, village=models.OuterRef("pk"))
        return self.exclude(models.Exists(held))

    def with_choice(self) -> Self:
        """The same for choosing whom to guide: designated ones that nobody guides come first."""
        from villages.models.officer import has_guide  # noqa: PLC0415 - it imports Village

        is_designated = Q(standing=Status.APPROVED)
        lacks = Case(
            When(is_designated & ~has_guide(models.OuterRef("pk")), then=0),
            When(is_designated, then=1),
            default=2,
        )
        return self.with_list().with_standing().order_by(lacks, "region__name", "pk")

    def with_standing(self) -> Self:
        """With where each stands; what was struck out says so."""
        return self.annotate(standing=standing_told())

    def designated(self) -> Self:
        """Those that stand designated today."""
        from villages.models.designation import Designation  # noqa: PLC0415 - it imports Village

        standing = Designation.objects.filter(village=models.OuterRef("pk"), status=Status.APPROVED)
        return self.filter(models.Exists(standing))

    def standing_at(self, status: str) -> Self:
        """Of those listed, the ones whose latest sheet stands here; all for an unknown status."""
        return self.filter(standing=status) if status in Status.values else self

    def with_page(self) -> Self:
        """With the office and where it lies."""
        return self.select_related("office", "region__parent__parent__parent")

    def with_record(self) -> Self:
        """Everything that the record page says in a line, its contacts and sheets aside."""
        counts = _related("MigrantCount").order_by("-year", "-as_of", "pk")
        return self.with_page().annotate(
            programme_count=_count("SisterProgramme"),
            agreement_count=_count("Agreement"),
            document_count=_count("VillageDocument"),
            migrants=models.Subquery(counts.values("total")[:1]),
            migrants_year=models.Subquery(counts.values("year")[:1]),
        )

    def matching(self, text: str) -> Self:
        """Those whose name contains the text, or that of their kecamatan, kabupaten or kota."""
        return self.filter(named_or_placed(text, at="region__")) if text else self

    def inside(self, region: Region) -> Self:
        """Those of this region."""
        return self.filter(region__code__startswith=f"{region.code}.")


def _related(model: str) -> models.QuerySet[Any, Any]:
    """The rows of another model that belong to each village."""
    rows: models.QuerySet[Any, Any] = apps.get_model("villages", model)._default_manager.filter(
        village=models.OuterRef("pk")
    )
    return rows


def _count(model: str) -> Coalesce:
    """How many rows of another model each village has."""
    grouped = _related(model).order_by().values("village").annotate(rows=models.Count("pk"))
    return Coalesce(models.Subquery(grouped.values("rows")), 0)


def _ones_own(access: Access) -> Q:
    """The villages that are a person's own, as official or as PIMPASA."""
    return Q(pk__in=access.village_ids | access.assigned_village_ids)


def latest_sheet(field: str, at: str = "") -> models.QuerySet[Designation, Any]:
    """A column of the guiding office's sheet that says where each village stands.

    `at` is the way to the village: its designation, else the latest of the office's own.
    What it took over with the village counts as its own; what was struck out never was one.
    """
    from villages.models.designation import Designation  # noqa: PLC0415 - it imports Village

    own = Q(office=models.OuterRef(f"{at}office")) | Q(status__in=DESIGNATED)
    mine: models.QuerySet[Designation, Any] = Designation.objects.counted().filter(
        own, village=models.OuterRef(f"{at}pk")
    )
    return mine.order_by(DESIGNATED_FIRST, "-pk").values(field)[:1]  # type: ignore[no-any-return]


def standing_told(at: str = "") -> Coalesce:
    """Where each village stands; one that has no sheet but a mistake says that."""
    from villages.models.designation import Designation  # noqa: PLC0415 - it imports Village

    struck = Designation.objects.filter(
        village=models.OuterRef(f"{at}pk"), status=Status.STRUCK
    ).values("status")[:1]
    return Coalesce(models.Subquery(latest_sheet("status", at)), models.Subquery(struck))


class Village(models.Model):
    """A desa or kelurahan in the portal, with the office that guides it."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="village")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="villages")
    local_term = models.CharField(
        "sebutan setempat", max_length=30, choices=[(term, term) for term in TERMS]
    )
    address = models.CharField("alamat kantor desa", max_length=250, blank=True)
    latitude = models.DecimalField("lintang", max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    whatsapp_group = models.CharField("tautan grup WhatsApp", max_length=80, blank=True)
    note = models.TextField("catatan kantor", max_length=2000, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    standing: str | None = None  # annotated by with_list()

    objects = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = "desa"
        ordering = ["region__name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="village_local_term_known", condition=Q(local_term__in=TERMS)
            ),
            models.CheckConstraint(
                name="village_lies_in_indonesia",
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=LATITUDES,
                    longitude__range=LONGITUDES,
                ),
            ),
            models.CheckConstraint(
                name="village_whatsapp_group_is_one",
                condition=Q(whatsapp_group="")
                | Q(whatsapp_group__regex=r"^https://chat\.whatsapp\.com/[0-9A-Za-z]{10,40}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("villages:village", args=[self.pk])

    @property
    def standing_label(self) -> str:
        """The words for the annotated standing; a village without a sheet has none."""
        return standing_words(self.standing)

    @property
    def is_designated(self) -> bool:
        """Of one whose standing was asked: whether it stands designated."""
        return self.standing == Status.APPROVED

    @property
    def is_unguided(self) -> bool:
        """Of one that was listed: whether it stands designated, and nobody guides it today."""
        return self.is_designated and not self.guides  # type: ignore[attr-defined]

    @property
    def name(self) -> str:
        """The village's name without its local word."""
        return self.region.name_after(self.local_term)

    @property
    def full_name(self) -> str:
        """The name as it is said and printed: "Desa Pakuncen", "Gampong Drien"."""
        return f"{self.local_term} {self.name}"

    @property
    def guidance(self) -> str:
        """By whom it is guided, to another office that means to: "Desa Pakuncen dibina …"."""
        office = self.office.name
        return f"{self} dibina {office}; mintalah administrator nasional mengalihkannya dahulu."

    @property
    def has_position(self) -> bool:
        """Whether its coordinates are known."""
        return self.latitude is not None and self.longitude is not None

    @property
    def position(self) -> str:
        """Latitude and longitude as maps take them; nothing where they are not known."""
        return f"{self.latitude:.6f},{self.longitude:.6f}" if self.has_position else ""

    @property
    def position_words(self) -> str:
        """The position as people write it: "7,353211° LS, 109,902187° BT"."""
        if self.latitude is None or self.longitude is None:
            return ""
        side = "LS" if self.latitude < 0 else "LU"
        degrees = f"{abs(self.latitude):.6f}° {side}; {self.longitude:.6f}° BT"
        return degrees.replace(".", ",")

    @property
    def map_url(self) -> str:
        """The village on the open map."""
        at = f"{self.latitude:.6f}/{self.longitude:.6f}"
        marker = f"mlat={self.latitude:.6f}&mlon={self.longitude:.6f}"
        return f"https://www.openstreetmap.org/?{marker}#map=15/{at}"

    @property
    def head_post(self) -> str:
        """What the one who leads it is, within a sentence: "kepala desa", "lurah", "keuchik"."""
        return head_title(self.local_term).lower()

    @property
    def head_title(self) -> str:
        """The title of the one who leads it: "Kepala Desa Pakuncen", "Lurah Wates"."""
        return f"{head_title(self.local_term)} {self.name}"


class VillageContactQuerySet(LockingQuerySet["VillageContact"]):
    def visible_to(self, access: Access) -> Self:
        """The contacts of the villages that this person's offices, or they themselves, guide."""
        own = Q(village__in=access.assigned_village_ids)
        return self.filter(Q(village__office__among=access.office_ids) | own)

    def heads_after(self, day: date) -> Self:
        """The heads whose term reaches beyond this day."""
        return self.filter(role=ContactRole.HEAD).filter(Q(until=None) | Q(until__gt=day))

    def with_held(self) -> Self:
        """With the village and its office."""
        return self.select_related("village__office", "village__region")


class VillageContact(models.Model):
    """A person who speaks for the village, with their title and term."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="contacts")
    role = models.CharField("kedudukan", max_length=12, choices=ContactRole)
    name = models.CharField("nama", max_length=120)
    title = models.CharField("jabatan", max_length=80, blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    since = models.DateField("sejak", null=True, blank=True)
    until = models.DateField("sampai", null=True, blank=True)

    objects = VillageContactQuerySet.as_manager()

    class Meta:
        verbose_name = "kontak desa"
        ordering = [F("until").desc(nulls_first=True), "role", "name"]
        constraints = [
            models.CheckConstraint(
                name="village_contact_role_known", condition=Q(role__in=ContactRole.values)
            ),
            models.CheckConstraint(
                name="village_contact_term_in_order",
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")),
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            ExclusionConstraint(
                name="village_contact_one_head_at_a_time",
                expressions=[
                    (ranges.only("village_id"), RangeOperators.OVERLAPS),
                    (ranges.days("since", "until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=ContactRole.HEAD),
                violation_error_message=(
                    "Pada masa itu desa ini sudah mempunyai kepala; pakai Ganti kepala desa."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_head(self) -> bool:
        """Whether they lead the village."""
        return self.role == ContactRole.HEAD

    def serves_on(self, day: date) -> bool:
        """Whether their term covers this day, as far as it is known."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or self.until >= day)
