"""What is known of a village besides its sheets: programmes, migrants, agreements, files."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.access import Access
from villages.models.document import ALLOWED_TYPES, StoredFile
from villages.models.village import Village


class ProgrammeKind(models.TextChoices):
    """Programmes of other institutions for villages of migrant workers."""

    DESBUMI = "desbumi", "DESBUMI"
    DESMIGRATIF = "desmigratif", "Desmigratif"
    GOLDEN = "golden", "Desa Migran Emas"
    OTHER = "other", "Lainnya"


class AgreementKind(models.TextChoices):
    """What was agreed, and in what form."""

    MOU = "mou", "Nota kesepahaman (MoU)"
    COOPERATION = "cooperation", "Perjanjian kerja sama (PKS)"
    WILLINGNESS = "willingness", "Surat kesediaan"


class ProfileQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows that belong to a village: seen by whoever sees the village."""

    def visible_to(self, access: Access) -> Self:
        """Those of the villages that this person may know of."""
        return self.filter(village__in=Village.objects.visible_to(access))

    def of(self, village: Village) -> Self:
        """Those of one village."""
        return self.filter(village=village)


class SisterProgrammeQuerySet(ProfileQuerySet["SisterProgramme"]):
    """Those that are noted of villages."""


class SisterProgramme(models.Model):
    """A programme of another institution that runs in the village."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="programmes")
    kind = models.CharField("program", max_length=12, choices=ProgrammeKind)
    name = models.CharField("nama program", max_length=120, blank=True)
    owner = models.CharField("penyelenggara", max_length=120)
    since_year = models.PositiveSmallIntegerField("berjalan sejak tahun", null=True, blank=True)
    note = models.CharField("keterangan", max_length=400, blank=True)

    objects = SisterProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "program sejenis"
        ordering = [F("since_year").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                name="programme_once",
                fields=["village", "kind"],
                condition=~Q(kind=ProgrammeKind.OTHER),
                violation_error_message="Program ini sudah dicatat untuk desa ini.",
            ),
            models.UniqueConstraint(
                "village",
                Lower("name"),
                name="programme_name_once",
                condition=Q(kind=ProgrammeKind.OTHER),
                violation_error_message="Program ini sudah dicatat untuk desa ini.",
            ),
            models.CheckConstraint(
                name="programme_kind_known", condition=Q(kind__in=ProgrammeKind.values)
            ),
            models.CheckConstraint(
                name="programme_named_when_other",
                condition=Q(kind=ProgrammeKind.OTHER) & ~Q(name="")
                | ~Q(kind=ProgrammeKind.OTHER) & Q(name=""),
                violation_error_message="Isi nama program hanya untuk program lainnya.",
            ),
            models.CheckConstraint(name="programme_has_owner", condition=~Q(owner="")),
            models.CheckConstraint(
                name="programme_year_plausible",
                condition=Q(since_year=None) | Q(since_year__range=(1990, 2100)),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class MigrantCountQuerySet(ProfileQuerySet["MigrantCount"]):
    """Those that are noted of villages."""


class MigrantCount(models.Model):
    """How many of the village's people work abroad: a figure with its source, never a list."""

    village = models.ForeignKey(Village, on_delete=models.CASCADE, related_name="migrant_counts")
    year = models.PositiveSmallIntegerField("tahun")
    men = models.PositiveIntegerField("laki-laki", null=True, blank=True)
    women = models.PositiveIntegerField("perempuan", null=True, blank=True)
    total = models.PositiveIntegerField("jumlah")
    source = models.CharField("sumber", max_length=160)
    as_of = models.DateField("menurut keadaan tanggal")

    objects = MigrantCountQuerySet.as_manager()

    class Meta:
        verbose_name = "angka pekerja migran"
        ordering = ["-year", "source"]
        constraints = [
            models.UniqueConstraint(
                "village",
                "year",
                Lower("source"),
                name="migrant_count_once",
                violation_error_message="Angka tahun itu dari sumber yang sama sudah dicatat.",
            ),
            models.CheckConstraint(
                name="migrant_count_parts_add_up",
                condition=Q(men=None, women=None)
                | Q(men__isnull=False, women__isnull=False, total=F("men") + F("women")),
                violation_error_message="Jumlah tidak sama dengan laki-laki ditambah perempuan.",
            ),
            models.CheckConstraint(
                name="migrant_count_year_plausible",
                condition=Q(year__range=(1990, 2100)) & Q(as_of__year__gte=F("year")),
                violation_error_message="Tanggal keadaan tidak boleh sebelum tahun angkanya.",
            ),
            models.CheckConstraint(name="migrant_count_has_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.total}"


class VillageDocumentQuerySet(ProfileQuerySet["VillageDocument"]):
    def visible_to(self, access: Access) -> Self:
        """Files of the villages that the person's offices guide; the village reads shared ones."""
        shared = Q(village__in=access.village_ids, is_shared=True)
        return self.filter(Q(village__office__in=access.office_ids) | shared)

    def loose(self) -> Self:
        """Those that are not the scan of an agreement, which stands with it."""
        return self.filter(agreement=None)


class VillageDocument(StoredFile):
    """A checked file of the village itself: a monograph, a village regulation, a map."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField("keterangan", max_length=120)
    is_shared = models.BooleanField("dapat dibaca pemerintah desa", default=False)

    objects = VillageDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen desa"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="village_document_type_allowed", condition=Q(content_type__in=ALLOWED_TYPES)
            ),
            models.CheckConstraint(name="village_document_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("villages:village_document", args=[self.key])


class AgreementQuerySet(ProfileQuerySet["Agreement"]):
    """Those that are noted of villages."""


class Agreement(models.Model):
    """A paper by which the village, its regency and the office promise each other something."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField("jenis", max_length=12, choices=AgreementKind)
    title = models.CharField("tentang", max_length=250)
    first_party = models.CharField("pihak pertama", max_length=160)
    first_number = models.CharField("nomor pihak pertama", max_length=100, blank=True)
    second_party = models.CharField("pihak kedua", max_length=160, blank=True)
    second_number = models.CharField("nomor pihak kedua", max_length=100, blank=True)
    third_party = models.CharField("pihak ketiga", max_length=160, blank=True)
    third_number = models.CharField("nomor pihak ketiga", max_length=100, blank=True)
    dated = models.DateField("tanggal")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    scan = models.OneToOneField(
        VillageDocument, on_delete=models.PROTECT, related_name="agreement", null=True
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "perjanjian"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="agreement_kind_known", condition=Q(kind__in=AgreementKind.values)
            ),
            models.CheckConstraint(
                name="agreement_has_its_parties",
                condition=~Q(title="")
                & ~Q(first_party="")
                & (Q(kind=AgreementKind.WILLINGNESS) | ~Q(second_party=""))
                & (Q(third_party="") | ~Q(second_party="")),
                violation_error_message="MoU dan PKS mempunyai sedikitnya dua pihak.",
            ),
            models.CheckConstraint(
                name="agreement_number_of_a_party",
                condition=(Q(second_number="") | ~Q(second_party=""))
                & (Q(third_number="") | ~Q(third_party="")),
                violation_error_message="Isi juga nama pihak yang memberi nomor.",
            ),
            models.CheckConstraint(
                name="agreement_term_in_order",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("dated")),
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal perjanjian.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} tentang {self.title}"

    @property
    def parties(self) -> list[tuple[str, str]]:
        """Each party with the number that it gave, if any."""
        rows = [
            (self.first_party, self.first_number),
            (self.second_party, self.second_number),
            (self.third_party, self.third_number),
        ]
        return [(party, number) for party, number in rows if party]

    def has_expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < today
