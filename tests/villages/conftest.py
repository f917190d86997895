"""A small nation for tests: few regions, each there for a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from accounts.models import Office, OfficeKind, User
from villages import regions
from villages.models import Region

SMALL_NATION = """\
code,name,level,kind
11,Aceh,1,provinsi
11.05,Kabupaten Aceh Barat,2,kabupaten
11.05.07,Pante Ceureumen,3,kecamatan
11.05.07.2001,Gampong Drien,4,desa
13,Sumatera Barat,1,provinsi
13.09,Kabupaten Kepulauan Mentawai,2,kabupaten
13.09.01,Pagai Utara,3,kecamatan
13.09.01.2001,Saumanganya,4,desa
13.12,Kabupaten Pasaman Barat,2,kabupaten
13.12.01,Lembah Melintang,3,kecamatan
13.12.01.2001,Ujung Gading,4,desa
33,Jawa Tengah,1,provinsi
33.06,Kabupaten Purworejo,2,kabupaten
33.06.01,Grabag,3,kecamatan
33.06.01.2001,Patutrejo,4,desa
33.07,Kabupaten Wonosobo,2,kabupaten
33.07.06,Selomerto,3,kecamatan
33.07.06.1001,Wonorejo,4,kelurahan
33.07.06.2009,Pakuncen,4,desa
33.07.06.2010,Kali Pakuncen,4,desa
33.07.06.2011,Sumberpakuncen,4,desa
34,Daerah Istimewa Yogyakarta,1,provinsi
34.71,Kota Yogyakarta,2,kota
34.71.01,Tegalrejo,3,kecamatan
34.71.01.1001,Kricak,4,kelurahan
35,Jawa Timur,1,provinsi
35.09,Kabupaten Jember,2,kabupaten
35.09.11,Wuluhan,3,kecamatan
35.09.11.2004,Dukuhdempok,4,desa
91,Papua,1,provinsi
91.71,Kota Jayapura,2,kota
91.71.01,Jayapura Utara,3,kecamatan
91.71.01.2001,Kampung Kayobatu,4,desa
"""

type WriteEdition = Callable[[str], Path]
type OpenOffice = Callable[..., Office]


@pytest.fixture
def write_edition(tmp_path: Path) -> WriteEdition:
    def write(text: str) -> Path:
        path = tmp_path / "edition.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def nation(db: None, write_edition: WriteEdition) -> None:
    """The small nation, imported."""
    edition = regions.read_edition(write_edition(SMALL_NATION))
    regions.take_over(edition, on=date(2025, 7, 1))


@pytest.fixture
def region(nation: None) -> Callable[[str], Region]:
    """Finds a region of the small nation by its code."""
    return lambda code: Region.objects.with_path().get(code=code)


@pytest.fixture
def ditjen(db: None) -> Office:
    return Office.objects.create(code="ditjen", kind=OfficeKind.DIRECTORATE, name="Ditjen Imigrasi")


@pytest.fixture
def open_office(ditjen: Office) -> OpenOffice:
    def build(code: str) -> Office:
        return Office.objects.create(
            code=code, kind=OfficeKind.IMMIGRATION_OFFICE, name=f"Kantor {code}", parent=ditjen
        )

    return build


@pytest.fixture
def national_admin(db: None) -> User:
    return User.objects.create_user(name="Admin Nasional", email="admin@example.go.id")
