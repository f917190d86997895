"""The kinds of events that public sources name (programme.md §4.1)."""

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KINDS = [
    ("coordination", "Koordinasi"),
    ("socialization", "Sosialisasi"),
    ("inauguration", "Pembentukan, peresmian, atau pengukuhan"),
    ("strengthening", "Penguatan tugas dan fungsi keimigrasian"),
    ("counseling", "Penyuluhan"),
    ("village_visit", "Sambang desa"),
    ("monev_meeting", "Rapat monitoring dan evaluasi"),
    ("coordination_meeting", "Rapat koordinasi Kantor Wilayah"),
    ("timpora_meeting", "Rapat TIMPORA"),
    ("technical_guidance", "Bimbingan teknis perangkat desa"),
    ("pimpasa_inauguration", "Pengukuhan PIMPASA"),
    ("mobile_passport_service", "Layanan paspor di desa"),
    ("benchmark_visit", "Studi tiru"),
    ("village_dialogue", "Dialog desa"),
]


def seed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    EventKind = apps.get_model("events", "EventKind")
    EventKind.objects.bulk_create(
        EventKind(key=key, label=label, position=10 * position)
        for position, (key, label) in enumerate(KINDS, 1)
    )


def unseed(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    EventKind = apps.get_model("events", "EventKind")
    EventKind.objects.filter(key__in=[key for key, _ in KINDS]).delete()


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(seed, unseed)]
