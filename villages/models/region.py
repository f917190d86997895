"""The official regions of Indonesia, province to village, and the search among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Exists, Func, OuterRef, Prefetch, Q, Value, When
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact

from villages.local_terms import (
    ABBREVIATIONS,
    KIND_WORDS,
    district_term,
    village_term,
    without_kind,
)

if TYPE_CHECKING:
    from accounts.models import Office
    from villages.models.jurisdiction import Jurisdiction

LONGEST_KEY = 60  # longer than any name: what is typed beyond it matches nothing
MOST_WORDS = 12  # of a search by name and place together: "Desa Tieng Kecamatan Kejajar …"
BETWEEN_WORDS = re.compile(r"[\s,.;:/()-]+")  # an apostrophe belongs to its word


class RegionLevel(models.IntegerChoices):
    """How deep a region lies in the country."""

    PROVINCE = 1, "Provinsi"
    REGENCY = 2, "Kabupaten/Kota"
    DISTRICT = 3, "Kecamatan"
    VILLAGE = 4, "Desa/Kelurahan"


class RegionKind(models.TextChoices):
    """What a region is, by the official list; each kind has its level."""

    PROVINCE = "provinsi", "Provinsi"
    REGENCY = "kabupaten", "Kabupaten"
    CITY = "kota", "Kota"
    DISTRICT = "kecamatan", "Kecamatan"
    URBAN_VILLAGE = "kelurahan", "Kelurahan"
    RURAL_VILLAGE = "desa", "Desa"

    @property
    def level(self) -> RegionLevel:
        """The level at which regions of this kind lie."""
        return LEVELS[self]


LEVELS = {
    RegionKind.PROVINCE: RegionLevel.PROVINCE,
    RegionKind.REGENCY: RegionLevel.REGENCY,
    RegionKind.CITY: RegionLevel.REGENCY,
    RegionKind.DISTRICT: RegionLevel.DISTRICT,
    RegionKind.URBAN_VILLAGE: RegionLevel.VILLAGE,
    RegionKind.RURAL_VILLAGE: RegionLevel.VILLAGE,
}


# How long a code is, level by level: 33, 33.07, 33.07.06, 33.07.06.2009.
CODE_LENGTHS = {
    RegionLevel.PROVINCE: 2,
    RegionLevel.REGENCY: 5,
    RegionLevel.DISTRICT: 8,
    RegionLevel.VILLAGE: 13,
}


def _of_level(level: RegionLevel) -> Q:
    kinds = [kind for kind, its_level in LEVELS.items() if its_level == level]
    # The length and no pattern: a pattern adds half a second to the import, which checks it anyway.
    return Q(Exact(Length("code"), CODE_LENGTHS[level]), level=level, kind__in=kinds)


def search_key(text: str) -> str:
    """The text as names are compared: without case, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())


UNSAID = frozenset(map(search_key, KIND_WORDS | ABBREVIATIONS.keys()))


def typed_code(text: str) -> str:
    """The dotted code that somebody typed with or without dots; nothing if it is no code."""
    if not re.fullmatch(r"[\d.\s]+", text, re.ASCII):
        return ""
    digits = re.sub(r"\D", "", text)
    if not 2 <= len(digits) <= 10:
        return ""
    parts = [digits[:2], digits[2:4], digits[4:6], digits[6:]]
    return ".".join(part for part in parts if part)


def named(text: str, at: str = "") -> Q:
    """Regions whose name contains the text, or whose code begins with it; `at` leads to them.

    Their names as the portal shows them are found, too: with "Desa", "Pekon", "Kec." before them.
    """
    key, code = search_key(text), typed_code(text)
    if not key or len(key) > LONGEST_KEY:
        return Q(pk__in=[])
    keys = filter(None, {key, search_key(without_kind(text))})
    found = reduce(or_, (Q(**{f"{at}search_key__contains": each}) for each in keys))
    return found | Q(**{f"{at}code__startswith": code}) if code else found


def placed(text: str, at: str = "", levels: int = 3) -> Q:
    """Regions of which every word names them or where they lie, so many levels up from them.

    Words for what a region is are passed over, as the names lack them: "Tieng, Kec. Kejajar".
    """
    keys = map(search_key, BETWEEN_WORDS.split(text))
    words = [key[:LONGEST_KEY] for key in keys if key and key not in UNSAID][:MOST_WORDS]
    # Each word is as many patterns more over the whole list as there are levels.
    ways = [f"{at}{'parent__' * depth}search_key__contains" for depth in range(levels)]
    each = [reduce(or_, (Q(**{way: word}) for way in ways)) for word in words]
    return reduce(and_, each) if each else Q(pk__in=[])


def named_or_placed(text: str, at: str = "", levels: int = 3) -> Q:
    """Both: those of that name or code, and those of which every word says where they lie."""
    return named(text, at=at) | placed(text, at=at, levels=levels)


def _claims_on_it() -> models.QuerySet[Jurisdiction]:
    """For a subquery: what open offices claim of the region at hand."""
    from villages.models.jurisdiction import Jurisdiction  # noqa: PLC0415 - it imports Region

    return Jurisdiction.objects.of_open_offices().filter(region=OuterRef("pk"))


def _inside(codes: Iterable[str]) -> Q:
    """These regions and everything inside them."""
    # Constants and not a subquery: a prefix is a range of the index only when it is known.
    inside = Q()
    for code in codes:
        inside |= Q(code=code) | Q(code__startswith=f"{code}.")
    return inside


class RegionQuerySet(models.QuerySet["Region"]):
    def current(self) -> Self:
        """Those of the newest edition of the list."""
        return self.filter(retired_on=None)

    def villages(self) -> Self:
        """The desa and kelurahan of today."""
        return self.current().filter(level=RegionLevel.VILLAGE)

    def servable(self) -> Self:
        """Regions that an office may serve as a whole: kabupaten, kota, exceptionally kecamatan."""
        return self.filter(level__in=[RegionLevel.REGENCY, RegionLevel.DISTRICT])

    def doubtful(self) -> Self:
        """Those that some office claims, and none is confirmed for."""
        claims = _claims_on_it()
        return self.filter(Exists(claims)).exclude(Exists(claims.filter(is_confirmed=True)))

    def unclaimed(self) -> Self:
        """Kabupaten and kota that no office is known to serve."""
        return self.filter(level=RegionLevel.REGENCY).exclude(Exists(_claims_on_it()))

    def with_claims(self) -> Self:
        """With the offices that claim each, and the province."""
        from villages.models.jurisdiction import Jurisdiction  # noqa: PLC0415 - it imports Region

        claims = Jurisdiction.objects.of_open_offices().select_related("office")
        claims = claims.order_by("office__name")
        prefetch = Prefetch("jurisdictions", claims, to_attr="claims")
        return self.with_path().prefetch_related(prefetch).order_by("code")

    def opening(self) -> Self:
        """Regions that have others inside before the villages: provinces, kabupaten and kota."""
        return self.filter(level__in=[RegionLevel.PROVINCE, RegionLevel.REGENCY])

    def within(self, office: Office) -> Self:
        """Those that the office may serve: its jurisdictions; the whole nation for the Ditjen.

        A kecamatan that another office is confirmed for is left out, unless it is claimed itself.
        """
        from villages.models.jurisdiction import Jurisdiction  # noqa: PLC0415 - it imports Region

        if office.is_directorate:
            return self
        claims = Jurisdiction.objects.of(office).in_effect().with_carved()
        carved_by = {it.region.code: it.carved for it in claims.select_related("region")}
        carved = {code for codes in carved_by.values() for code in codes} - carved_by.keys()
        found = self.under(*carved_by)
        return found.exclude(_inside(carved)) if carved else found

    def under(self, *codes: str) -> Self:
        """These regions and everything inside them."""
        return self.filter(_inside(codes)) if codes else self.none()

    def matching(self, text: str) -> Self:
        """Those that the text names: the name's beginning first, then a word's, then any part."""
        if not text.strip():
            return self.order_by("search_key", "code")
        key, code = search_key(text), typed_code(text)
        return self.filter(named(text)).order_by(
            _closeness(key, code), "code" if code else "search_key", "code"
        )

    def starting(self, text: str) -> Self:
        """Those whose name, or whose code where one was typed, begins with the text."""
        key, code = search_key(text), typed_code(text)
        if code:
            return self.filter(code__startswith=code).order_by("code")
        if text.strip() and not key:
            return self.none()
        return self.filter(search_key__startswith=key).order_by("search_key", "code")

    def nearest(self, text: str, limit: int = 20) -> list[Region]:
        """The first of `matching`; nationwide ten times as fast when beginnings fill the page."""
        first = list(self.starting(text)[:limit])
        return first if len(first) == limit else list(self.matching(text)[:limit])

    def placed(self, text: str) -> Self:
        """Villages of which every word names the village itself or where it lies."""
        return self.filter(placed(text)).order_by("search_key", "code")

    def with_path(self) -> Self:
        """With everything that `path` names."""
        return self.select_related("parent__parent__parent")


def _closeness(key: str, code: str) -> Case:
    """0 for a code, 1 for the name's beginning, 2 for a word's, 3 for the rest."""
    word = r"[^a-z0-9]" + r"[^a-z0-9]*".join(key)
    ranks = [
        When(search_key__startswith=key, then=Value(1)),
        When(name__iregex=word, then=Value(2)),
    ]
    if code:
        ranks.insert(0, When(code__startswith=code, then=Value(0)))
    return Case(*ranks, default=Value(3))


class Region(models.Model):
    """A province, kabupaten or kota, kecamatan, or desa or kelurahan of the official list.

    Regions come from the yearly list and from nowhere else (`manage.py import_regions`). What a new
    edition no longer names is marked with the day, never deleted: papers and villages point here.
    """

    code = models.CharField("kode", max_length=13, db_collation="C")
    name = models.CharField("nama", max_length=120)
    level = models.PositiveSmallIntegerField("tingkat", choices=RegionLevel)
    kind = models.CharField("jenis", max_length=10, choices=RegionKind)
    parent = models.ForeignKey(
        "self",
        verbose_name="wilayah atasan",
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    # "Dukuh Dempok" and "Dukuhdempok" alike; collated "C" so that a prefix is a range of the index.
    search_key = models.GeneratedField(
        expression=Func(
            Lower("name"),
            Value("[^a-z0-9]"),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=models.CharField(max_length=120),
        ),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )
    retired_on = models.DateField("tidak berlaku sejak", null=True, blank=True)
    # Desa and kelurahan of today inside it; a trigger counts them where the list changes.
    village_count = models.PositiveIntegerField(db_default=0, editable=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        ordering = ["code"]
        indexes = [
            models.Index(fields=["search_key"], name="region_search_key"),
            # Level and code say what lies where. Not of those of today alone: where sheets stand
            # under an old code, a recap asks for that, too.
            models.Index(fields=["level", "code"], include=["retired_on"], name="region_by_level"),
        ]
        constraints = [
            # Not `unique=True`, which would add a second index for prefixes: "C" needs none.
            models.UniqueConstraint(name="region_code_unique", fields=["code"]),
            models.CheckConstraint(
                name="region_level_fits_kind_and_code",
                condition=reduce(or_, map(_of_level, RegionLevel)),
            ),
            models.CheckConstraint(
                name="region_only_province_is_root",
                condition=Q(level=RegionLevel.PROVINCE, parent=None)
                | Q(level__gt=RegionLevel.PROVINCE, parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def province(self) -> Region:
        """The province in which it lies, or itself."""
        return self._at(RegionLevel.PROVINCE)

    @property
    def regency(self) -> Region:
        """The kabupaten or kota in which it lies, or itself; a province lies in none."""
        return self._at(RegionLevel.REGENCY)

    @property
    def district(self) -> Region:
        """The kecamatan in which it lies, or itself; what is larger lies in none."""
        return self._at(RegionLevel.DISTRICT)

    @property
    def full_name(self) -> str:
        """The name with its word: "Kecamatan Selomerto", "Kabupaten Wonosobo", "Desa Pakuncen"."""
        if self.level in {RegionLevel.PROVINCE, RegionLevel.REGENCY}:
            return self.name
        return f"{self.local_term} {self.short_name}"

    @property
    def path(self) -> str:
        """Where it lies: "Kecamatan Selomerto, Kabupaten Wonosobo, Jawa Tengah"."""
        above, region = [], self.parent
        while region is not None:
            above.append(region.full_name)
            region = region.parent
        return ", ".join(above)

    @property
    def local_term(self) -> str:
        """The word that goes before the name on paper: Desa, Kelurahan, Gampong, Kecamatan …"""
        if self.kind == RegionKind.RURAL_VILLAGE:
            return village_term(self.code)
        if self.kind == RegionKind.DISTRICT:
            return district_term(self.code)
        return RegionKind(self.kind).label

    @property
    def short_name(self) -> str:
        """The name without its local word: "Drien" for the official "Gampong Drien"."""
        return self.name_after(self.local_term)

    @property
    def codes_above(self) -> list[str]:
        """Its own code and those of all regions around it, the province first."""
        parts = self.code.split(".")
        return [".".join(parts[:depth]) for depth in range(1, len(parts) + 1)]

    def name_after(self, term: str) -> str:
        """The name as it reads behind this word, which is not said twice."""
        word, _, rest = self.name.partition(" ")
        return rest if rest and word.casefold() == term.casefold() else self.name

    def _at(self, level: RegionLevel) -> Region:
        region: Region | None = self
        while region is not None and region.level > level:
            region = region.parent
        if region is None or region.level != level:
            raise LookupError(f"{self} ({self.code}) lies in no {level.name.lower()}")
        return region
