"""A real browser before the real portal: Chromium, web server, worker, PostgreSQL, Redis."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from tests.worker_process import WorkerProcess, environment_of_test, forget_queue, wait_for

# Playwright's loop and the ORM share the test's thread; nothing here runs concurrently.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
PASSWORD = "kata-sandi-percobaan-7"
QUIET = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]
# Without a graphics card its place is taken by a process that costs a quarter of a core.
PLAIN = ["--disable-gpu", "--disable-software-rasterizer"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium from where `make test` found it, or Playwright's own."""
    path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *PLAIN])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def web_server(
    django_db_setup: None, _settings_for_tests: None, tmp_path_factory: Any
) -> Iterator[str]:
    """The production web server on the test's database, with collected static files."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        pytest.fail("static files are not collected: run `make unit TESTS=…`, which does it first")
    with socket.socket() as free:
        free.bind(("localhost", 0))
        address = f"http://localhost:{free.getsockname()[1]}"
    settings.PORTAL_URL = address
    log = tmp_path_factory.mktemp("web") / "gunicorn.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "desabinaan.wsgi"],
            env={
                **os.environ,
                **environment_of_test(),
                "BIND": address.removeprefix("http://"),
                "WEB_CONCURRENCY": "1",
            },
            cwd=settings.BASE_DIR,
            stdout=out,
            stderr=out,
        )
    wait_for(lambda: _answers(address))
    yield address
    process.terminate()
    process.wait(20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


@pytest.fixture
def portal(transactional_db: None, web_server: str) -> str:
    """The address of the running portal, which is also the one that papers print."""
    return web_server


@pytest.fixture
def worker(portal: str, tmp_path: Path) -> Iterator[WorkerProcess]:
    """A real worker that draws what the portal orders.

    One for each test: one that outlives it would take what others leave in the queue on purpose.
    """
    forget_queue()
    process = WorkerProcess(tmp_path)
    process.start()
    yield process
    process.stop()
    forget_queue()


@pytest.fixture
def nation(portal: str) -> None:
    """The whole country: all regions and all offices, as on a real installation."""
    call_command("import_regions", verbosity=0)
    call_command("import_offices", verbosity=0)


@pytest.fixture
def visit(chromium: Browser, portal: str) -> Iterator[Callable[..., Page]]:
    """A fresh browser, as a stranger or signed in through the sign-in page."""
    contexts: list[BrowserContext] = []

    def visit(person: User | None = None, **options: Any) -> Page:
        options.setdefault("viewport", DESK)
        context = chromium.new_context(base_url=portal, locale="id-ID", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if person:
            page.goto("/masuk/")
            page.get_by_label("NIP, kode desa, atau surel").fill(person.username)
            page.get_by_label("Sandi", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Masuk").click()
            page.wait_for_url(f"{portal}/")
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def enter(visit: Callable[..., Page], portal: str) -> Callable[..., Page]:
    """A fresh browser that is signed in already, where signing in is not what is tried."""

    def enter(person: User | None = None, **options: Any) -> Page:
        page = visit(**options)
        if person:
            client = Client()
            client.force_login(person)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": portal}])
        return page

    return enter
