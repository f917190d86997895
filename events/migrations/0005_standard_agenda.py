"""What events of each kind usually have on their agenda (programme.md §4.2)."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OPENING = [("Registrasi peserta", 30), ("Menyanyikan lagu Indonesia Raya", 5), ("Doa", 5)]
OPENING += [("Laporan ketua pelaksana", 10), ("Sambutan dan pembukaan", 15)]
TALKS = [("Paparan narasumber", 60), ("Tanya jawab", 30), ("Foto bersama dan penutup", 10)]
HANDING = [("Pembacaan dan penyerahan surat keputusan", 10), ("Penyerahan sertifikat", 10)]
HANDING += [("Perkenalan PIMPASA", 10)]
MEETING = [("Pembukaan", 10), ("Pemaparan", 30), ("Diskusi", 45), ("Kesimpulan dan penutup", 15)]

STANDARD = {
    "coordination": MEETING,
    "socialization": OPENING + TALKS,
    "inauguration": OPENING + HANDING + TALKS,
    "strengthening": OPENING + TALKS,
    "counseling": [("Pembukaan", 10), ("Penyuluhan", 60), ("Tanya jawab", 20), ("Penutup", 5)],
    "monev_meeting": MEETING,
    "coordination_meeting": MEETING,
    "timpora_meeting": MEETING,
    "technical_guidance": OPENING + TALKS,
    "pimpasa_inauguration": [
        ("Persiapan apel", 15),
        ("Pembacaan surat keputusan", 10),
        ("Pengukuhan dan penyematan", 20),
        ("Amanat", 15),
        ("Doa dan penutup", 10),
    ],
    "mobile_passport_service": [
        ("Pembukaan", 10),
        ("Penjelasan singkat", 20),
        ("Layanan paspor", 180),
    ],
    "benchmark_visit": [
        ("Penerimaan", 15),
        ("Paparan tuan rumah", 45),
        ("Tinjauan lapangan", 60),
        ("Diskusi dan penutup", 30),
    ],
    "village_dialogue": [
        ("Pembukaan", 10),
        ("Pengantar", 15),
        ("Dialog warga", 75),
        ("Penutup", 10),
    ],
}


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    EventKind = apps.get_model("events", "EventKind")
    StandardItem = apps.get_model("events", "StandardItem")
    kinds = {kind.key: kind for kind in EventKind.objects.all()}
    StandardItem.objects.bulk_create(
        StandardItem(kind=kinds[key], position=10 * place, title=title, minutes=minutes)
        for key, items in STANDARD.items()
        for place, (title, minutes) in enumerate(items, 1)
    )


def unseed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("events", "StandardItem").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("events", "0004_agenda")]
    operations = [migrations.RunPython(seed, unseed)]
