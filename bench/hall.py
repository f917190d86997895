"""A full hall: three hundred enter themselves from eight phones at once, a table, a photo."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.timing import timed

PEOPLE = 300
PHONES = 8
ROWS = 1_000


def rows(event: Any, by: Any) -> list[list[str]]:
    """The lines for the table of `make bench`; `event` takes place now."""
    from django.test import override_settings  # noqa: PLC0415 - only when Django is ready

    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        return [_entering(event, by), _previewed(event, by), _photographed(event, by)]


def _entering(event: Any, by: Any) -> list[str]:
    """Everybody asks for the page and sends it, each from a phone that is new to the portal."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from events import actions  # noqa: PLC0415

    door = actions.open_check_in(event, by=by)
    address = f"/hadir/{door.key}/"

    def enter(place: int) -> int:
        phone = Client()
        phone.get(address)
        told = {"pin": door.pin, "name": f"Warga {place}", "institution": f"Desa {place % 40}"}
        sent = phone.post(address, {**told, "title": "Warga"})
        connection.close()
        return sent.status_code

    with ThreadPoolExecutor(PHONES) as phones:
        seconds, answers = timed(lambda: list(phones.map(enter, range(PEOPLE))))
    assert set(answers) == {302}
    assert event.attendees.count() == PEOPLE  # nothing lost, nothing doubled
    each = seconds / PEOPLE * 1000
    measured = f"{seconds:.1f} s, {each:.0f} ms each"
    return [f"attendance: {PEOPLE} enter themselves, {PHONES} phones at once", measured, "60 s"]


def _previewed(event: Any, by: Any) -> list[str]:
    """From the upload of a table to the page that shows what it would bring in."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tests.spreadsheets import xlsx  # noqa: PLC0415

    people = [[f"Peserta {place}", f"Desa {place % 40}", "Warga"] for place in range(ROWS)]
    content = xlsx([["Nama", "Instansi/Desa", "Jabatan"], *people])
    client, address = Client(), f"/kegiatan/{event.pk}/hadir/berkas/"
    client.force_login(by)
    upload = SimpleUploadedFile("daftar-hadir.xlsx", content)
    seconds, page = timed(lambda: client.post(address, {"file": upload}))
    assert f"Masukkan {ROWS:,} orang".replace(",", ".") in page.content.decode()
    return [f"attendance: preview of {ROWS:,} rows, XLSX", f"{seconds:.2f} s", "3 s"]


def _photographed(event: Any, by: Any) -> list[str]:
    """A photo of a phone, twelve million noisy pixels, until it is kept."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    noise = Image.effect_noise((4000, 3000), 60)
    out = io.BytesIO()
    Image.merge("RGB", (noise, noise, noise)).save(out, "JPEG", quality=85)
    client = Client()
    client.force_login(by)
    upload = SimpleUploadedFile("foto.jpg", out.getvalue())
    sent = {"photos": upload, "is_consented": "on"}
    address = f"/kegiatan/{event.pk}/foto/"
    seconds, _ = timed(lambda: client.post(address, sent))
    kept = event.photos.get()
    measured = f"{seconds:.2f} s, {kept.size / 1024:.0f} KB"
    return ["attendance: keep a photo of 12 megapixels", measured, "5 s, 300 KB"]
