"""The architecture, as tests: what may import what, who gets in, how large a thing may be."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver

from audit import verbs

ROOT = Path(settings.BASE_DIR)

# --- Layers ------------------------------------------------------------------------------------

LAYERS = ["audit", "accounts", "certificates", "villages", "events", "reports"]
# History knows people by name only: for the types, and as the foreign key of who did it.
BY_NAME_ONLY = {("audit", "accounts")}
# What every app shares knows no app; these few compose, and say whom they need.
COMPOSES = {
    "desabinaan.urls": set(LAYERS),
    "desabinaan.http": {"accounts"},
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def code_of(app: str) -> list[Path]:
    return sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imports(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Each imported app, and whether only for the types."""
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            yield name.partition(".")[0], id(node) in for_types


def upward_imports(app: str, tree: ast.AST) -> list[str]:
    above = LAYERS[LAYERS.index(app) + 1 :]
    return [
        name
        for name, for_types in imports(tree)
        if name in above and not (for_types and (app, name) in BY_NAME_ONLY)
    ]


@pytest.mark.parametrize("app", LAYERS)
def test_apps_import_only_downwards(app: str) -> None:
    upward = {str(path): upward_imports(app, tree_of(path)) for path in code_of(app)}

    assert not {path: names for path, names in upward.items() if names}


def test_what_all_share_knows_no_app() -> None:
    strange = {}
    for path in code_of("desabinaan"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        known = {name for name, _ in imports(tree_of(path)) if name in LAYERS}
        strange[module] = known - COMPOSES.get(module, set())

    assert not {module: names for module, names in strange.items() if names}


def test_foreign_keys_point_downwards() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in LAYERS:
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if there in LAYERS and (here, there) not in BY_NAME_ONLY:
                assert LAYERS.index(there) <= LAYERS.index(here), f"{model.__name__}.{field.name}"


def test_relative_imports_are_not_used() -> None:
    for app in [*LAYERS, "desabinaan"]:
        for path in code_of(app):
            relative = [
                node.lineno
                for node in ast.walk(tree_of(path))
                if isinstance(node, ast.ImportFrom) and node.level
            ]
            assert not relative, f"{path}: {relative}"


# --- Addresses ---------------------------------------------------------------------------------

PUBLIC = {
    "healthz",
    "readyz",
    "certificates:verify_form",
    "certificates:verify",
    "certificates:verify_shouted_form",
    "certificates:verify_shouted",
    "villages:public_villages",
    "villages:public_village",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "accounts:activate",
    "accounts:activate_by_name",
    "events:check_in",
    "events:checked_in",
    "events:knowledge_sheet",
    "events:knowledge_thanks",
    "events:participation",
    "events:participation_download",
    "events:shared_event",
    "events:shared_event_ics",
    "events:shared_letter",
    "events:shared_letter_file",
    "accounts:invitation",
    "mfa_authenticate",
}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the portal by its full name."""

    def walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                yield from walk(entry, inner)
            else:
                yield f"{namespace}{entry.name}", entry

    return walk(get_resolver(), "")


def test_only_the_public_addresses_need_no_sign_in() -> None:
    open_to_all = {
        name for name, entry in addresses() if not getattr(entry.callback, "login_required", True)
    }

    assert open_to_all == PUBLIC


def test_every_address_has_a_name_of_its_own() -> None:
    names = [name for name, _ in addresses()]

    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith("None")]


# --- Views start from visible rows -------------------------------------------------------------

GATES = {"visible_to", "visible_to_oneself", "published"}
# The national lists are everybody's; the history of a record comes after the record.
OTHER_STARTS = {
    ("Region", "current"),
    ("Region", "villages"),
    ("Criterion", "open_to"),
    ("Entry", "about"),
    # Whoever holds the mailed link may know of what it leads to.
    ("Invitation", "with_token"),
    ("ActivationCard", "with_key"),
    ("CheckIn", "with_key"),
    ("KnowledgeCheck", "with_key"),
    ("Participation", "with_key"),
    ("Event", "with_key"),
    ("InvitationLetter", "with_key"),
}
# Where the gate stands in a subquery: file and model, with the reason.
EXPLAINED = {
    ("accounts/views/people.py", "User"): "people are found through visible memberships",
    ("accounts/views/security.py", "Authenticator"): "allauth's; each time those of oneself",
}
REQUEST_DATA = {"GET", "POST", "FILES", "headers", "session", "META", "cleaned_data"}
LOOKUPS = {"all", "filter", "exclude", "get", "first", "last"}


def view_modules() -> list[Path]:
    return [
        path
        for app in LAYERS
        for path in code_of(app)
        if path.stem == "views" or "views" in path.parent.parts
    ]


def chain(node: ast.expr) -> list[str]:
    """The names along `a.b(…).c(…)`, from the left."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            names.append(node.id if isinstance(node, ast.Name) else "")
            return names[::-1]


def ungated(path: str, tree: ast.AST) -> list[str]:
    """Where a view starts from rows that nobody looked at."""
    found = []
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            found += _ungated_manager(path, node, parents)
        if isinstance(node, ast.Call):
            found += _ungated_call(node)
    return found


def _ungated_manager(path: str, node: ast.Attribute, parents: dict[int, ast.AST]) -> list[str]:
    model = chain(node.value)[-1]
    top: ast.AST = node
    while isinstance(parents.get(id(top)), ast.Attribute | ast.Call):
        above = parents[id(top)]
        if isinstance(above, ast.Call) and above.func is not top:
            break  # an argument of something else
        top = above
    assert isinstance(top, ast.expr)
    after = chain(top)[len(chain(node)) :]
    gated = GATES & set(after) or any((model, name) in OTHER_STARTS for name in after[:1])
    if gated or (path, model) in EXPLAINED:
        return []
    return [f"{path}:{node.lineno} {model}.objects without a gate"]


def _ungated_call(node: ast.Call) -> list[str]:
    names = chain(node.func)
    if names[-1] in {"get_object_or_404", "get_list_or_404"} and node.args:
        first = chain(node.args[0])
        if len(first) == 1 and first[0][:1].isupper():
            return [f"line {node.lineno}: {first[0]} in {names[-1]}"]
    is_lookup = names[-1] in LOOKUPS and isinstance(node.func, ast.Attribute)
    related = is_lookup and isinstance(node.func.value, ast.Attribute)  # type: ignore[attr-defined]
    prefetched = names[-1] == "all"  # of a record that was found and loaded
    if related and not prefetched and not ({*names} & (REQUEST_DATA | GATES | {"objects"})):
        return [f"line {node.lineno}: {'.'.join(names)} has no gate"]
    return []


def test_views_start_from_visible_rows() -> None:
    found = []
    for path in view_modules():
        name = str(path.relative_to(ROOT))
        found += [f"{name} {it}" for it in ungated(name, tree_of(path))]

    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "get_object_or_404(Designation, pk=pk)",
        "Designation.objects.get(pk=pk)",
        "Designation.objects.filter(village=village).with_page()",
        "Designation._default_manager.get(pk=pk)",
        "models.Designation.objects.all()",
        "village.designations.filter(status='draft')",
        "Document.objects.select_related('designation')",
    ],
)
def test_an_ungated_start_is_noticed(source: str) -> None:
    assert ungated("villages/views/planted.py", ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "get_object_or_404(Designation.objects.visible_to(access).with_page(), pk=pk)",
        "Criterion.objects.published()",
        "Entry.objects.about(sheet)[:30]",
        "Region.objects.villages().within(office)",
        "request.GET.get('q', '')",
        "form.cleaned_data.get('reason', '')",
        "sheet.findings.all()",
    ],
)
def test_a_gated_start_is_let_be(source: str) -> None:
    assert not ungated("villages/views/planted.py", ast.parse(source))


# --- Rows are held in one way ------------------------------------------------------------------


def test_rows_are_locked_in_one_place() -> None:
    locking = [
        str(path.relative_to(ROOT))
        for app in [*LAYERS, "desabinaan"]
        for path in code_of(app)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "select_for_update"
    ]

    assert locking == ["desabinaan/locking.py"]


# --- What stands somewhere moves by a step -------------------------------------------------------

STANDS = {"status", "outcome"}
THE_DOOR = "desabinaan/workflow.py"


def moved_by_hand(tree: ast.AST) -> list[int]:
    """The lines that put a record somewhere past its transitions."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            by_hand = node.attr in STANDS
        elif isinstance(node, ast.Call):
            by_hand = _sets_where_it_stands(node)
        else:
            continue
        if by_hand:
            found.append(node.lineno)
    return found


def _sets_where_it_stands(call: ast.Call) -> bool:
    name = chain(call.func)[-1]
    if name in {"setattr", "__setattr__"}:
        return any(isinstance(it, ast.Constant) and it.value in STANDS for it in call.args)
    # Whatever a dict may bring along, is brought past whoever reads this.
    return name in {"update", "aupdate"} and any(
        word.arg in STANDS or word.arg is None for word in call.keywords
    )


def test_only_a_transition_moves_a_record() -> None:
    by_hand = [
        f"{path.relative_to(ROOT)}:{line}"
        for app in [*LAYERS, "desabinaan"]
        for path in code_of(app)
        if str(path.relative_to(ROOT)) != THE_DOOR
        for line in moved_by_hand(tree_of(path))
    ]

    assert not by_hand


@pytest.mark.parametrize(
    "source",
    [
        "sheet.status = Status.DRAFT",
        "person.user, person.status = user, NamedStatus.NEW",
        "row.status: str = 'known'",
        "revocation.outcome = outcome",
        "setattr(sheet, 'status', 'draft')",
        "batch.rows.filter(line=1).update(status=RowStatus.DROPPED)",
        "batch.officers.all().update(**nobody)",
    ],
)
def test_a_record_moved_by_hand_is_noticed(source: str) -> None:
    assert moved_by_hand(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "if sheet.status == Status.DRAFT: pass",
        "Designation(status=Status.APPROVED)",
        "SUBMIT.apply(sheet)",
        "batch.rows.update(is_assigned=True)",
    ],
)
def test_what_reads_a_status_is_let_be(source: str) -> None:
    assert not moved_by_hand(ast.parse(source))


# --- Small rooms -------------------------------------------------------------------------------

LONGEST_MODULE, LONGEST_FUNCTION = 400, 40


@pytest.mark.parametrize("app", [*LAYERS, "desabinaan"])
def test_rooms_are_small(app: str) -> None:
    large = []
    for path in code_of(app):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_MODULE:
            large.append(f"{path}: {lines} lines")
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    large.append(f"{path}: {node.name} has {length} lines")

    assert not large


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        str(path)
        for app in [*LAYERS, "desabinaan"]
        for path in code_of(app)
        if path.stat().st_size and not ast.get_docstring(tree_of(path))
    ]

    assert not silent


# --- Templates ---------------------------------------------------------------------------------

TEMPLATES = ROOT / "templates"
# By name from Django, from allauth or from the error handlers; no code of ours says these names.
BY_CONVENTION = re.compile(r"^(\d{3}(_csrf)?\.html|account/.+|mfa/.+|django/.+|allauth/.+)$")
# Paper is drawn by WeasyPrint, where no browser and no policy reads it.
ON_PAPER = re.compile(r"(^|/)pdf/")
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "handler": re.compile(r"\son[a-z]+\s*=|\shx-on\b|javascript:|\shx-vals\s*=\s*.js:", re.I),
    "address of elsewhere": re.compile(r"""\b(src|href)\s*=\s*["']?(https?:)?//""", re.I),
}


def templates() -> dict[str, str]:
    return {
        str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds_inline(what: str) -> None:
    found = [
        name
        for name, text in templates().items()
        if not ON_PAPER.search(name) and INLINE[what].search(text)
    ]

    assert not found


def test_no_form_is_included_without_the_token_that_it_sends() -> None:
    # With `only` the page's token stays outside, and every press is refused; the client of other
    # tests asks for no token.
    found, said = templates(), re.compile(r'{% include "([^"]+)"[^%]* only %}')

    bare = [
        (name, part)
        for name, text in found.items()
        for part in said.findall(text)
        if "{% csrf_token %}" in found[part]
    ]

    assert not bare


def test_every_template_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for app in [*LAYERS, "desabinaan"]
               for path in code_of(app)]  # fmt: skip
    said = "\n".join([*sources, *templates().values()])

    unused = [
        name for name in templates() if name not in said and not BY_CONVENTION.fullmatch(name)
    ]

    assert not unused


# --- Migrations --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_migrations_are_complete() -> None:
    out = StringIO()

    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out)
    except SystemExit:
        pytest.fail(out.getvalue())


@pytest.mark.django_db
def test_migrations_are_one_line_each() -> None:
    graph = MigrationLoader(connection).graph

    for app in LAYERS:
        ours = [key for key in graph.nodes if key[0] == app]
        for key in ours:
            parents = [parent for parent in graph.node_map[key].parents if parent.key[0] == app]
            assert len(parents) <= 1, key
        assert len(graph.leaf_nodes(app)) == bool(ours), app


def test_migrations_import_nothing_that_changes() -> None:
    for app in LAYERS:
        for path in sorted((ROOT / app).glob("migrations/0*.py")):
            own = {name for name, _ in imports(tree_of(path)) if name in [*LAYERS, "desabinaan"]}
            assert not own, path


# --- History -----------------------------------------------------------------------------------


REMEMBERS = (["actions", "record"], ["actions", "record_all"])


def recorded_verbs() -> Iterator[tuple[str, str]]:
    for app in LAYERS:
        for path in code_of(app):
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.Call) and chain(node.func)[-2:] in REMEMBERS:
                    for verb in ast.walk(node.args[0]):
                        if isinstance(verb, ast.Constant) and isinstance(verb.value, str):
                            yield verb.value, f"{path}:{node.lineno}"


def test_every_recorded_verb_has_its_words() -> None:
    unknown = [f"{verb} in {place}" for verb, place in recorded_verbs() if not _has_words(verb)]

    assert not unknown


def _has_words(verb: str) -> bool:
    try:
        return bool(verbs.phrase(verb))
    except KeyError:
        return False


def test_no_verb_is_taught_in_vain() -> None:
    used = {verb for verb, _ in recorded_verbs()}

    assert set(verbs._VERBS) - used == set()


# --- The repository ----------------------------------------------------------------------------

# In pieces, so that this file does not name what no file may name.
NOWHERE = re.compile(
    "|".join(
        [
            "/" + "work/",
            "/" + "root/",
            "/" + "tmp/dev",
            "pypi" + r"\.org",
            "python" + "hosted",
            r"--(extra-)?index" + "-url",
            "regis" + r"try\.npm",
            "clau" + "de",
            "anthro" + "pic",
        ]
    ),
    re.I,
)


def test_no_file_names_this_machine_or_an_index() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    found = []
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.suffix in {".gz", ".png", ".jpg", ".otf", ".ico"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {match.group()}" for match in NOWHERE.finditer(text)]

    assert not found
