"""What stands behind the views reads visible rows too, or rows of a record that was found.

`test_architecture` looks at the views themselves. Most of what a page reads is asked for in the
modules and forms that a view imports; those are found here by following its imports.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_architecture import (
    GATES,
    LAYERS,
    OTHER_STARTS,
    REQUEST_DATA,
    ROOT,
    chain,
    tree_of,
    view_modules,
)

# These have their own tests: how rows are asked for, what changes them, what a worker does.
APART = {"models", "actions", "permissions", "tasks"}
# Verbs of an app that live beside its actions: they hold a row that a view has found.
VERBS = {
    "accounts/cards.py",
    "accounts/links.py",
    "accounts/invitations.py",
    "accounts/notices.py",
    "accounts/offices.py",
    "accounts/particulars.py",
    "accounts/second_factor.py",
    "accounts/sessions.py",
    "certificates/register.py",
}
EVERYBODY_S = {
    "Region",
    "Criterion",
    "EventKind",
    "ContentType",
}  # the national lists, and Django's own
# What names a record that somebody has found, behind a gate, before its rows are asked for.
RECORDS = {"office", "officer", "designation", "village", "user", "batch", "certificate"}
TAKES_RECORD = {
    "of", "of_village", "who_may_guide", "waiting_in", "covering_more", "above",
    "beside", "appoints_heads", "returned_under",
}  # fmt: skip
SIGN_IN = {("User", "with_sign_in_name")}  # who types a whole NIP or address knows the person

# Where neither is seen in the statement itself: file and model, with the reason.
EXPLAINED = {
    (
        "accounts/forms/units.py",
        "Office",
    ): "a name is given once in the nation",
    ("certificates/previews.py", "NumberSequence"): "`mine`: of the template's office",
    ("events/owners.py", "Assignment"): "who guides the villages of the event, or of the visit",
    ("events/origins.py", "Event"): "the one that a letter which was found is about",
    ("reports/event_desk.py", "Void"): "of the report of an event of the office",
    ("reports/event_desk.py", "FollowUp"): "of the office in which the person works, and their own",
    ("reports/event_desk.py", "Assignment"): "the villages that the person guides",
    ("reports/outreach.py", "Event"): "of the offices that count, which the viewer reads",
    ("reports/outreach.py", "EventVillage"): "of those events",
    ("reports/outreach.py", "Visit"): "of those offices",
    ("reports/ended.py", "Membership"): "one's own",
    ("reports/ended.py", "Officer"): "the same",
    ("reports/ended.py", "VillageAccess"): "the same",
    ("reports/scope.py", "Designation"): "what counts for offices that the viewer reads",
    ("reports/waiting.py", "Designation"): "the same",
    ("reports/waiting.py", "Entry"): "beside each of them",
    ("reports/desks.py", "Office"): "the desk of the national administrator",
    ("reports/desks.py", "Designation"): "`kept_by` the office in which the person works now",
    ("villages/closing.py", "Office"): "counted within the office that closes",
    ("villages/closing.py", "Village"): "the same",
    ("villages/closing.py", "Designation"): "the same",
    ("villages/closing.py", "Officer"): "the same",
    ("villages/closing.py", "Membership"): "the same",
    ("villages/forms/decision.py", "Decree"): "among the office's latest",
    ("villages/last_look.py", "Designation"): "the sheets that are decided on, again",
    ("villages/onboarding/guides.py", "User"): "by the NIP that the office's own table names",
    ("villages/onboarding/pages.py", "Decree"): "under which the rows of that table stand",
    ("villages/pages.py", "Designation"): "the sheet that was found, again",
    ("villages/onboarding/pages.py", "User"): "those that were suggested for it",
    ("villages/public.py", "Designation"): "what everybody may know; no person in it",
    ("villages/record.py", "Entry"): "in which village a contact was; asked of visible ones",
    ("villages/recoding.py", "Village"): "that a code was replaced is for every office to hear",
    ("villages/recoding.py", "EditionChange"): "the same",
    ("villages/repairs.py", "Entry"): "which decree took over; shown once that one is found",
    ("villages/setup.py", "Membership"): "`here`: of the office of the page",
    ("villages/setup.py", "Invitation"): "the same",
    ("villages/setup.py", "Village"): "the same",
    ("villages/setup.py", "NumberTemplate"): "the same",
    ("villages/setup.py", "Jurisdiction"): "the same",
}


def behind_the_views() -> list[Path]:
    """The modules that views import, and what those import, down to models and actions."""
    found = set(view_modules())
    todo = list(found)
    while todo:
        for name in imported(tree_of(todo.pop())):
            path = path_of(name)
            if path and path not in found:
                found.add(path)
                todo.append(path)
    return sorted(found - set(view_modules()))


def imported(tree: ast.AST) -> Iterator[list[str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")
            yield from ([*node.module.split("."), alias.name] for alias in node.names)


def path_of(name: list[str]) -> Path | None:
    if name[0] not in LAYERS or APART & set(name):
        return None
    here = ROOT.joinpath(*name)
    files = (here.with_suffix(".py"), here / "__init__.py")
    return next((path for path in files if path.is_file()), None)


def loose_reads(name: str, tree: ast.AST) -> list[str]:
    """Where rows are asked for that nobody found, and no gate lets through."""
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            model = chain(node.value)[-1]
            if (name, model) not in EXPLAINED and not is_bound(model, node, parents):
                found.append(f"{name}:{node.lineno} {model}.objects")
    return found


def is_bound(model: str, manager: ast.Attribute, parents: dict[int, ast.AST]) -> bool:
    steps = list(steps_after(manager, parents))
    names = [step.func.attr for step in steps if isinstance(step.func, ast.Attribute)]
    start = (model, names[0] if names else "")
    return (
        model in EVERYBODY_S
        or start in OTHER_STARTS | SIGN_IN
        or bool(names and names[0] in TAKES_RECORD | {"none"})
        or bool(GATES & set(names))
        or any(names_a_record(word) for step in steps for word in step.keywords)
    )


def steps_after(node: ast.AST, parents: dict[int, ast.AST]) -> Iterator[ast.Call]:
    """The calls along `Model.objects.a(…).b(…)`, from the left."""
    while True:
        above = parents.get(id(node))
        if isinstance(above, ast.Call) and above.func is node:
            yield above
        elif not (isinstance(above, ast.Attribute | ast.Subscript) and above.value is node):
            return
        node = above


def names_a_record(word: ast.keyword) -> bool:
    """`office=office`, `village__office__in=…`, `pk=sheet.pk`, `…=OuterRef(…)`; nothing typed."""
    value = chain(word.value)
    if word.arg is None or REQUEST_DATA & set(value):
        return False
    is_its_key = value[-1] == "pk" and len(value) > 1
    return is_its_key or value[-1] == "OuterRef" or bool(RECORDS & set(word.arg.split("__")))


def test_what_stands_behind_the_views_starts_from_visible_rows() -> None:
    found = []
    for path in behind_the_views():
        name = str(path.relative_to(ROOT))
        if name not in VERBS:
            found += loose_reads(name, tree_of(path))

    assert not found


def test_the_modules_that_pages_read_with_are_among_them() -> None:
    names = {str(path.relative_to(ROOT)) for path in behind_the_views()}

    assert names >= {
        "accounts/roster.py", "certificates/previews.py", "reports/desks.py", "reports/scope.py",
        "villages/certifying.py", "villages/closing.py", "villages/forms/decision.py",
        "villages/moves.py", "villages/officers.py", "villages/onboarding/pages.py",
        "villages/pages.py", "villages/picker.py", "villages/public.py", "villages/record.py",
        "villages/selection.py", "villages/setup.py",
    }  # fmt: skip


def test_no_explanation_outlives_what_it_explains() -> None:
    managers = {
        (str(path.relative_to(ROOT)), chain(node.value)[-1])
        for path in behind_the_views()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    }
    files = {name for name, _ in managers}

    assert EXPLAINED.keys() - managers == set()
    assert VERBS - files == set()


@pytest.mark.parametrize(
    "source",
    [
        "Designation.objects.filter(status='approved')",
        "Designation.objects.get(pk=pk)",
        "Village.objects.filter(office__in=request.GET.getlist('kantor'))",
        "Officer.objects.live()[:10]",
        "Village._default_manager.all()",
        "Assignment.objects.filter(**here)",
    ],
)
def test_a_loose_read_is_noticed(source: str) -> None:
    assert loose_reads("villages/planted.py", ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        "Designation.objects.visible_to(access).filter(status='approved')",
        "Designation.objects.waiting_in(sheet.office).exclude(pk=sheet.pk)",
        "Membership.objects.on(today).filter(office=office)[:3]",
        "Exists(Preparer.objects.filter(designation=OuterRef('pk')))",
        "Region.objects.villages().within(office)",
        "Decree.objects.none()",
    ],
)
def test_a_bound_read_is_let_be(source: str) -> None:
    assert not loose_reads("villages/planted.py", ast.parse(source))
