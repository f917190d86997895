"""Title and institution below a name: what the title says already is not said twice."""

from __future__ import annotations

import pytest

from events.models import Attendee, Contributor, Invitee
from events.positions import position


@pytest.mark.parametrize(
    ("title", "institution", "told"),
    [
        ("Kepala Desa Burat", "Desa Burat", "Kepala Desa Burat"),
        ("Kepala Desa", "Desa Burat", "Kepala Desa Burat"),
        ("kepala desa burat", "Ds. Burat", "kepala desa burat"),
        ("Kades", "Desa Burat", "Kades Burat"),
        ("Lurah Kepil", "Kelurahan Kepil", "Lurah Kepil"),
        ("Lurah", "Kel. Kepil", "Lurah Kepil"),
        ("Lurah Caturtunggal", "Kalurahan Caturtunggal", "Lurah Caturtunggal"),
        ("Keuchik", "Gampong Lamteh", "Keuchik Lamteh"),
        ("Wali Nagari", "Nagari Lubuk Alung", "Wali Nagari Lubuk Alung"),
        ("Camat Kepil", "Kecamatan Kepil", "Camat Kepil"),
        ("Camat", "Kecamatan Kepil", "Camat Kepil"),
        ("Kapolsek Kepil", "Polsek Kepil", "Kapolsek Kepil"),
        ("Sekretaris Desa", "Desa Burat", "Sekretaris Desa Burat"),
        ("Sekretaris Camat", "Kecamatan Kepil", "Sekretaris Camat Kepil"),
        ("Kepala Dinas Sosial", "Dinas Sosial", "Kepala Dinas Sosial"),
        ("Kepala Seksi", "Kantor Imigrasi Wonosobo", "Kepala Seksi, Kantor Imigrasi Wonosobo"),
        ("Kepala Desa Tieng", "Desa Burat", "Kepala Desa Tieng, Desa Burat"),
        ("Lurah Tieng", "Kelurahan Kepil", "Lurah Tieng, Kelurahan Kepil"),
        ("Kepala Desa Buratan", "Desa Burat", "Kepala Desa Buratan, Desa Burat"),
        ("Staf", "Kecamatan Kepil", "Staf, Kecamatan Kepil"),
        ("Camat", "BPJS", "Camat, BPJS"),
        ("", "Desa Burat", "Desa Burat"),
    ],
)
def test_what_the_title_says_is_not_said_twice(title: str, institution: str, told: str) -> None:
    assert position(title, institution) == told


def test_whoever_stands_on_a_paper_is_told_so() -> None:
    its = {"name": "Suparman", "title": "Kepala Desa Burat", "institution": "Desa Burat"}

    assert Attendee(**its).whose == "Kepala Desa Burat"
    assert Contributor(**its).whose == "Kepala Desa Burat"
    assert Contributor(**its, on_behalf_of="Camat").whose == "Kepala Desa Burat, atas nama Camat"
    assert str(Invitee(title="Camat Kepil", institution="Kecamatan Kepil")) == "Camat Kepil"
