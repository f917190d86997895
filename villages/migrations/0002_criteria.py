"""The criteria that public sources name; the Ditjen edits them from here on."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CRITERIA = [
    (
        "migrant-pocket",
        "Kantong pekerja migran",
        "Banyak warga bekerja atau berminat bekerja di luar negeri.",
    ),
    ("border", "Dekat perbatasan", "Berada di dekat perbatasan laut atau darat."),
    (
        "far-from-office",
        "Jauh dari kantor imigrasi",
        "Warga sulit menjangkau layanan kantor imigrasi.",
    ),
    (
        "trafficking-cases",
        "Pernah ada korban TPPO atau TPPM",
        "Ada kasus yang diketahui, atau indikasi perekrutan tidak resmi.",
    ),
    (
        "transit",
        "Jalur perlintasan",
        "Bukan kantong pekerja migran, tetapi dilalui atau menjadi tempat singgah.",
    ),
    (
        "foreign-nationals",
        "Keberadaan orang asing",
        "Ada atau berpotensi ada tenaga kerja asing, industri, tambang, atau wisata.",
    ),
    ("unemployment", "Pengangguran tinggi", "Lapangan kerja di desa terbatas."),
    ("poverty", "Kemiskinan tinggi", "Angka kemiskinan di atas rata-rata kabupaten atau kota."),
    ("education", "Pendidikan rendah", "Banyak warga tidak tamat pendidikan menengah."),
    ("young-population", "Penduduk usia muda", "Banyak warga di usia kerja awal."),
    (
        "active-village",
        "Desa aktif dan berprestasi",
        "Pemerintah desa aktif, misalnya pernah meraih penghargaan.",
    ),
]


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Criterion = apps.get_model("villages", "Criterion")
    Criterion.objects.bulk_create(
        Criterion(key=key, label=label, hint=hint, position=10 * position)
        for position, (key, label, hint) in enumerate(CRITERIA, 1)
    )


def unseed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Criterion = apps.get_model("villages", "Criterion")
    Criterion.objects.filter(key__in=[key for key, _, _ in CRITERIA]).delete()


class Migration(migrations.Migration):
    replaces = [("villages", "0034_letter_officers")]
    dependencies = [("villages", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
