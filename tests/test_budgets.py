"""What a page may cost: queries that no amount of rows changes, and bytes for a weak signal."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
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
MOST_JOINS = 20  # of one query: beyond, PostgreSQL orders tables longer than it reads them
MANY = 28  # rows more of everything that pages list: more than a page of a long list holds
MOST_BYTES = 60 * 1024  # of a signed-in page with all that it needs, on the first visit
MOST_PUBLIC_BYTES = 15 * 1024  # of the page behind the QR

LOOKED_AT = [place for place in PLACES if place.is_plain and place.who != "stranger"]
# Of each page one state for each who sees it: its list grows alike in every other.
FIRST_OF_EACH = list({(it.name, it.who): it for it in reversed(LOOKED_AT)}.values())
PUBLIC_PAGES = {
    "certificates:verify",
    "events:check_in",
    "events:checked_in",
    "events:knowledge_sheet",
    "events:knowledge_thanks",
    "events:participation",
    "events:shared_event",
    "events:shared_letter",
    "villages:public_villages",
    "villages:public_village",
}
PUBLIC = [place for place in PLACES if place.is_plain and place.name in PUBLIC_PAGES]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page takes: questions to the database, the widest of them, bytes on the way."""

    place: Place
    queries: int
    joins: int
    size: int


def test_pages_keep_their_budgets_however_much_they_list() -> None:
    # One scene for all budgets: filling it takes longer than looking at it.
    scene = build_scene()
    few = {id(it.place): it.queries for it in costs(scene, FIRST_OF_EACH)}
    grow(scene, MANY)
    many = [*costs(scene, LOOKED_AT)]

    assert [(str(it.place), it.queries) for it in many if it.queries > MOST_QUERIES] == []
    assert [(str(it.place), it.joins) for it in many if it.joins > MOST_JOINS] == []
    assert [
        (str(it.place), few[id(it.place)], it.queries)
        for it in many
        if it.queries > few.get(id(it.place), it.queries)
    ] == []
    assert [(str(it.place), it.size) for it in many if it.size > MOST_BYTES] == []

    for _ in range(PAGE_SIZE):
        DesignationFactory(approved=True)  # the public list is full
    public_pages_are_lighter_still_and_run_nothing(scene)


def public_pages_are_lighter_still_and_run_nothing(scene: Scene) -> None:
    weighed = [(str(it.place), it.size) for it in costs(scene, PUBLIC)]
    assert len(weighed) > 4
    assert [(place, size) for place, size in weighed if size > MOST_PUBLIC_BYTES] == []
    for place in PUBLIC:
        page = Client().get(place.address(scene)).content.decode()
        assert "<script" not in page


def costs(scene: Scene, places: list[Place]) -> Iterator[Cost]:
    """Pages with what they take when they are opened again, as a browser fetches them at first."""
    clients = {who: Client(headers={"accept-encoding": "gzip, br"}) for who in scene.people}
    for who, client in clients.items():
        client.force_login(scene.people[who])
        client.get("/")  # the session is as it is in the middle of the work
    clients["stranger"] = Client(headers={"accept-encoding": "gzip, br"})
    for place in places:
        address = place.address(scene)  # it may ask for keys, which is no cost of the page
        with CaptureQueriesContext(connection) as asked:
            answer = clients[place.who].get(address)
        assert answer.status_code == place.status, place
        assert answer.headers.get("Content-Encoding") == "gzip", place
        queries = sum("SAVEPOINT" not in query["sql"] for query in asked)
        joins = max((query["sql"].count(" JOIN ") for query in asked), default=0)
        yield Cost(place, queries, joins, len(answer.content) + sum(map(packed, parts(answer))))


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
