"""The demo: whole, once, believable, and never by accident."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Membership, User
from certificates.models import RegisterEntry
from villages.demo.people import PASSWORD
from villages.models import (
    Ceremony,
    Designation,
    Document,
    Outcome,
    Revocation,
    SisterProgramme,
    Status,
)

pytestmark = pytest.mark.django_db


def load(*options: str) -> str:
    out = StringIO()
    call_command("load_demo", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def nation() -> None:
    call_command("import_regions", verbosity=0, stdout=StringIO())
    call_command("import_offices", verbosity=0, stdout=StringIO())


def of(village: str, office: str) -> Designation:
    sheets = Designation.objects.select_related("village__region", "office", "decree")
    return sheets.get(village__region__name=village, office__code=office)


def test_it_stands_on_regions_and_offices(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    with pytest.raises(CommandError, match="import_regions, lalu import_offices"):
        load()

    assert not User.objects.exists()


def test_production_refuses_it(settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]

    with pytest.raises(CommandError, match="--force"):
        load()


def test_it_tells_the_founding_cases_and_gives_every_desk_work(
    nation: None, settings: object
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]

    first, again = load(), load()

    assert "usulan dan penetapan dimuat" in first
    assert "tidak ada yang diubah" in again
    # The founding cases, at their reported stages.
    jatijajar = of("Jatijajar", "kanim-cilacap")
    assert (jatijajar.status, jatijajar.has_coordination) == (Status.DRAFT, True)
    assert jatijajar.coordination.held_on.isoformat() == "2023-09-13"
    for village, office, day in [
        ("Pakuncen", "kanim-wonosobo", "2024-03-07"),
        ("Gendang Timburu", "kanim-batulicin", "2024-05-03"),
    ]:
        sheet = of(village, office)
        assert sheet.status == Status.APPROVED
        assert sheet.certificate is not None
        assert sheet.ceremony.held_on.isoformat() == day
    both = [of("Koto Dua Baru", "kanim-kerinci"), of("Hiang Sakti", "kanim-kerinci")]
    assert both[0].decree == both[1].decree
    wuluhan = Designation.objects.filter(village__region__code__startswith="35.09.11.")
    assert Counter(wuluhan.values_list("status", flat=True)) == {"draft": 2, "submitted": 5}
    # What they say of the villages themselves.
    desbumi = SisterProgramme.objects.get(village__region__name="Dukuhdempok")
    assert (desbumi.kind, desbumi.since_year, desbumi.owner) == ("desbumi", 2016, "Migrant CARE")
    assert all(sheet.village.whatsapp_group for sheet in both)
    assert "Kabupaten Kebumen" in jatijajar.village.note
    # Every stage is there, and every kind of waiting.
    assert set(Designation.objects.values_list("status", flat=True)) >= {
        "draft", "submitted", "returned", "rejected", "approved", "revoked", "ended",
    }  # fmt: skip
    assert Designation.objects.awaiting_decree_number().exists()
    assert Revocation.objects.filter(outcome=Outcome.PENDING).exists()
    assert Ceremony.objects.count() >= 5
    assert all(document.size < 300_000 for document in Document.objects.all())
    # The registers have no gaps, and the Plh. acts today.
    for office in set(RegisterEntry.objects.values_list("office", flat=True)):
        for year in range(2023, 2030):
            given = RegisterEntry.objects.filter(office=office, year=year, serial__gt=0)
            for kind in set(given.values_list("kind", flat=True)):
                rows = given.filter(kind=kind).order_by("dated", "serial")
                serials = list(rows.values_list("serial", flat=True))
                assert serials == list(range(1, len(serials) + 1))
    assert Membership.objects.get(acting_kind="plh").is_live()

    table = load("--sign-ins")

    assert "kepala@wonosobo.example" in table
    assert table.rstrip().endswith(PASSWORD)
    for line in table.splitlines()[:-1]:
        assert _signs_in(line.split()[0]), line


def _signs_in(name: str) -> bool:
    answer = Client().post("/masuk/", {"login": name, "password": PASSWORD})
    return answer.status_code == 302
