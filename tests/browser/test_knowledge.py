"""A knowledge check on phones without JavaScript: before the talks, after them, and the gain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.browser

BARE: dict[str, Any] = {"java_script_enabled": False, "viewport": PHONE}


def test_phones_answer_before_and_after_and_staff_see_the_gain(
    enter: Callable[..., Page], visit: Callable[..., Page]
) -> None:
    event = EventFactory()
    staff = enter(UserFactory(staff_of=event.office), java_script_enabled=False)
    phones = [visit(**BARE) for _ in range(3)]
    staff.goto(event.get_absolute_url())
    staff.get_by_role("link", name="Siapkan cek pengetahuan").click()
    write(staff, "Apa nama aplikasi paspor?", "APOA", "M-Paspor", right="B")

    staff.get_by_role("button", name="Buka sebelum kegiatan").click()
    expect(staff.locator(".qr svg")).to_be_visible()
    address = staff.locator(".code").inner_text()
    for phone, choice in zip(phones, ("APOA", "Tidak tahu", "M-Paspor"), strict=True):
        answer(phone, address, choice)
    turn(staff, event, "Buka sesudah kegiatan")
    for phone in phones:
        answer(phone, address, "M-Paspor")
    close(staff, event)

    staff.goto(event.get_absolute_url())
    card = staff.get_by_role("region", name="Cek pengetahuan")
    expect(card).to_contain_text("3 lembar, 33 persen jawaban benar")
    expect(card).to_contain_text("3 lembar, 100 persen jawaban benar")
    expect(card).to_contain_text("+67 poin persentase")


def write(page: Page, text: str, first: str, second: str, *, right: str) -> None:
    page.get_by_role("textbox", name="Pertanyaan").fill(text)
    page.get_by_label("Pilihan A").fill(first)
    page.get_by_label("Pilihan B").fill(second)
    page.get_by_label("Jawaban yang benar").select_option(right)
    page.get_by_role("button", name="Tambah pertanyaan").click()


def answer(phone: Page, address: str, choice: str) -> None:
    """Answer the one question, and come back to find that it is done."""
    phone.goto(address)
    phone.get_by_label(choice).check()
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.locator("main")).to_contain_text("sudah diterima")
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text("sudah diterima")


def turn(page: Page, event: Any, button: str) -> None:
    close(page, event)
    page.get_by_role("button", name=button).click()


def close(page: Page, event: Any) -> None:
    page.goto(reverse("events:knowledge", args=[event.pk]))
    page.get_by_role("button", name="Tutup").click()
