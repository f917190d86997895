"""Whoever ordered certificates of attendance watches them arrive, and leaves nothing pressed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from events.actions import Person
from tests.factories import ParticipationFactory, draw_now


@pytest.mark.browser
def test_the_counts_and_the_rows_follow_the_workers(enter: Callable[..., Page]) -> None:
    people = [Person(f"Penerima {place}", f"Desa {place}") for place in range(3)]
    event = ParticipationFactory(people=people).event
    first, *others = [it.certificate for it in event.participations.with_list().order_by("pk")]
    page = enter(event.created_by)
    page.goto(f"/kegiatan/{event.pk}/sertifikat/")
    expect(page.get_by_text("0 dari 3 sertifikat siap, 3 sedang disiapkan.")).to_be_visible()

    draw_now(first)
    expect(page.get_by_text("1 dari 3 sertifikat siap, 2 sedang disiapkan.")).to_be_visible()
    expect(page.get_by_role("row", name="Penerima 0")).to_contain_text("Siap diunduh")
    for paper in others:
        draw_now(paper)
    expect(page.get_by_text("3 sertifikat siap.")).to_be_visible()

    expect(page.get_by_role("row", name="Penerima 2")).to_contain_text("Siap diunduh")
    expect(page.get_by_role("button", name="Penerima 2: Salin teks")).to_be_visible()
    assert page.locator("[hx-trigger]").count() == 0
