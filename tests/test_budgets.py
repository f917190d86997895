"""What a page may cost: queries that no amount of rows changes, and bytes for a weak signal."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.browser.places import PLACES, Place
from tests.browser.scene import Scene, build_scene, grow
from tests.factories import DesignationFactory
from villages.public import PAGE_SIZE

pytestmark = pytest.mark.django_db

# Each page begins with four questions: 1 session, 2 user, 3 memberships with their offices and all
# that they read below, 4 villages of an official. The rest is the page's own; the fullest, the
# sheet, asks for itself, its findings, files, preparers, a pending revocation, and its history.
# (Left out: the session's new end, written once in ten minutes.)
MOST_QUERIES = 10
SOME = 6  # rows more of everything that pages list
MANY = 28  # more than a page of a long list holds
MOST_BYTES = 60 * 1024  # of a signed-in page with all that it needs, on the first visit
MOST_PUBLIC_BYTES = 15 * 1024  # of the page behind the QR

LOOKED_AT = [place for place in PLACES if place.is_plain and place.who != "stranger"]
PUBLIC_PAGES = {"certificates:verify", "villages:public_villages", "villages:public_village"}
PUBLIC = [place for place in PLACES if place.is_plain and place.name in PUBLIC_PAGES]


def test_no_page_takes_more_queries_with_more_rows() -> None:
    scene = build_scene()
    few = dict(queries(scene))
    grow(scene, SOME)
    many = dict(queries(scene))

    assert {place: taken for place, taken in many.items() if taken > MOST_QUERIES} == {}
    assert {place: (few[place], many[place]) for place in few if few[place] < many[place]} == {}


def queries(scene: Scene) -> Iterator[tuple[str, int]]:
    """Every signed-in page and what it asks the database when it is opened again."""
    clients = {who: Client() for who in scene.people}
    for who, client in clients.items():
        client.force_login(scene.people[who])
        client.get("/")  # the session is as it is in the middle of the work
    for place in LOOKED_AT:
        with CaptureQueriesContext(connection) as asked:
            answer = clients[place.who].get(place.address(scene))
        assert answer.status_code == place.status, place
        yield str(place), sum("SAVEPOINT" not in query["sql"] for query in asked)


def test_pages_are_light_even_when_they_are_full() -> None:
    scene = build_scene()
    grow(scene, MANY)

    heavy = {str(place): size for place, size in weighed(scene, LOOKED_AT) if size > MOST_BYTES}

    assert heavy == {}


def test_the_page_behind_the_code_is_lighter_still_and_runs_nothing() -> None:
    scene = build_scene()
    grow(scene, MANY)
    for _ in range(PAGE_SIZE):
        DesignationFactory(approved=True)  # the public list is full

    heavy = {str(place): size for place, size in weighed(scene, PUBLIC) if size > MOST_PUBLIC_BYTES}

    assert len(PUBLIC) > 4
    assert heavy == {}
    for place in PUBLIC:
        page = Client().get(place.address(scene)).content.decode()
        assert "<script" not in page


def weighed(scene: Scene, places: list[Place]) -> Iterator[tuple[Place, int]]:
    """Pages with the bytes that a browser fetches to show them for the first time."""
    for place in places:
        client = Client(headers={"accept-encoding": "gzip, br"})
        if person := scene.people.get(place.who):
            client.force_login(person)
        answer = client.get(place.address(scene))
        assert answer.headers.get("Content-Encoding") == "gzip", place
        yield place, len(answer.content) + sum(map(packed, parts(answer)))


def parts(answer: HttpResponse) -> set[str]:
    """The static files that a page asks for; there is nothing else to ask for."""
    page = gzip.decompress(answer.content).decode()
    fetched = re.findall(r'<(?:script|img|link)[^>]* (?:src|href)="([^"]+)"', page)
    own = {path for path in fetched if path.startswith("/static/")}
    assert not {path for path in fetched if "//" in path}
    return {re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", path.removeprefix("/static/")) for path in own}


@cache
def packed(name: str) -> int:
    """The size of a static file as WhiteNoise sends it."""
    found = finders.find(name)
    assert isinstance(found, str), name
    return len(brotli.compress(Path(found).read_bytes()))
