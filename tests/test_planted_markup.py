"""Markup among people's words stays words: on no page does it become part of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DataError, IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.browser.places import PLACES
from tests.browser.scene import Scene, build_scene
from tests.factories import OfficeFactory, UserFactory

MARK = "<i hx-get=/>"
ESCAPED = "&lt;i hx-get=/&gt;"
APPS = ["audit", "accounts", "certificates", "villages", "events"]
ROOT = Path(settings.BASE_DIR)
# What is no one's words: keys, hashes, names of files, and what code chooses.
NO_WORDS = re.compile(
    r"(emblem|code|kind|key|hash|sha256|file|seed|verb|password|content_type|timezone)$"
)


@pytest.mark.django_db
def test_no_page_takes_peoples_words_for_markup() -> None:
    scene = build_scene()
    planted = set(plant())

    shown = dict(pages(scene))

    assert {"accounts_user.name", "accounts_office.name", "villages_decree.title"} <= planted
    assert [place for place, page in shown.items() if MARK in page] == []
    assert sum(ESCAPED in page for page in shown.values()) > len(shown) / 2


def plant() -> Iterator[str]:
    """Put markup behind every text in the database, past every form and every trigger."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # triggers rest
        for app in APPS:
            for model in apps.get_app_config(app).get_models():
                for field in model._meta.concrete_fields:
                    if _plant_in(model, field):
                        yield f"{model._meta.db_table}.{field.column}"
        cursor.execute("SET LOCAL session_replication_role = origin")


def _plant_in(model: type[models.Model], field: models.Field[Any, Any]) -> bool:
    """Whether the database took it: what a constraint refuses cannot be there."""
    rows = model._default_manager
    try:
        with transaction.atomic():
            if isinstance(field, models.JSONField):
                for pk, value in rows.order_by().values_list("pk", field.name):
                    rows.filter(pk=pk).update(**{field.name: _marked(value)})
            elif _holds_words(field):
                words = models.functions.Concat(
                    models.functions.Left(field.name, (field.max_length or 999) - len(MARK)),
                    models.Value(MARK),
                )
                rows.order_by().update(**{field.name: words})
            else:
                return False
    except (IntegrityError, DataError):
        return False
    return True


def _holds_words(field: models.Field[Any, Any]) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    has_room = not field.max_length or field.max_length > len(MARK)
    return is_text and has_room and not field.choices and not NO_WORDS.search(field.name)


def _marked(value: Any, key: str = "") -> Any:
    """The same with markup in the texts below names that people fill."""
    if isinstance(value, dict):
        return {name: _marked(it, name) for name, it in value.items()}
    if isinstance(value, list):
        return [_marked(it, key) for it in value]
    is_words = (
        isinstance(value, str) and not NO_WORDS.search(key) and not re.match(r"\d{4}-\d\d", value)
    )
    return value + MARK if is_words and value else value


def pages(scene: Scene) -> Iterator[tuple[str, str]]:
    """Every page that opens by looking, as the person who looks."""
    clients = {who: Client() for who in scene.people}
    for who, client in clients.items():
        client.force_login(User.objects.get(pk=scene.people[who].pk))
    for place in filter(lambda place: place.is_plain, PLACES):
        client = clients.get(place.who) or Client()
        answer = client.get(place.address(scene))
        assert answer.status_code == place.status, place
        yield str(place), answer.content.decode()


def test_templates_believe_nobody() -> None:
    trusting = re.compile(r"\|\s*safe\b|\bsafeseq\b|autoescape\s+off")
    pages = ROOT.glob("templates/**/*.html")

    assert [str(page) for page in pages if trusting.search(page.read_text())] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Mode": "no-cors"}]
)
def test_what_a_script_asks_for_changes_nothing(headers: dict[str, str]) -> None:
    office = OfficeFactory()
    client, path = Client(), reverse("accounts:office_profile", args=[office.code])
    client.force_login(UserFactory(admin_of=office))

    answer = client.post(path, {"address": "Jalan Lain 2"}, headers=headers)

    office.refresh_from_db()
    assert answer.status_code == 403
    assert office.address != "Jalan Lain 2"


@pytest.mark.django_db
def test_a_form_that_somebody_sends_changes_what_it_says() -> None:
    office = OfficeFactory()
    client, path = Client(), reverse("accounts:office_profile", args=[office.code])
    client.force_login(UserFactory(admin_of=office))

    answer = client.post(path, {"address": "Jalan Lain 2"}, headers={"Sec-Fetch-Mode": "navigate"})

    office.refresh_from_db()
    assert (answer.status_code, office.address) == (302, "Jalan Lain 2")
