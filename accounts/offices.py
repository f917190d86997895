"""The tree of offices as people keep it: opened, changed when a decree says so, moved."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

import audit.actions
from accounts.models import Office, OfficeKind, User
from desabinaan.constraints import broke
from desabinaan.editing import Seen, unless_overtaken
from desabinaan.workflow import TransitionRefused

# How the code and the name of a unit begin, by its kind.
PREFIXES = {
    OfficeKind.REGIONAL: ("kanwil", "Kantor Wilayah Direktorat Jenderal Imigrasi"),
    OfficeKind.IMMIGRATION_OFFICE: ("kanim", "Kantor Imigrasi"),
    OfficeKind.DETENTION_HOUSE: ("rudenim", "Rumah Detensi Imigrasi"),
}
# What a new list of offices would bring, and what a person may settle before it does.
LISTED = ("name", "office_class", "city", "timezone", "status", "note")
REFUSALS = {
    "office_stands_in_its_place": "Unit ini tidak dapat berada di bawah unit yang dipilih.",
    "office_below_an_open_one": "Unit atasan itu sudah ditutup; pilih yang lain.",
}


def name_of(kind: str, office_class: str, place: str) -> str:
    """The name as offices write it: "Kantor Imigrasi Kelas II Non TPI Garut"."""
    return " ".join(filter(None, [PREFIXES[OfficeKind(kind)][1], office_class, place]))


def code_of(kind: str, place: str) -> str:
    """The code that a new office gets unless another is chosen: "kanim-garut"."""
    return f"{PREFIXES[OfficeKind(kind)][0]}-{slugify(place)}"


def renamed(office: Office, office_class: str) -> str:
    """The office's name in another class; a name of one's own without a class stays as it is."""
    if office.office_class and office.office_class in office.name:
        return " ".join(office.name.replace(office.office_class, office_class, 1).split())
    first = PREFIXES.get(OfficeKind(office.kind), ("", ""))[1]
    if office_class and not office.office_class and office.name.startswith(f"{first} "):
        return f"{first} {office_class}{office.name.removeprefix(first)}"
    return office.name


@transaction.atomic
def open_office(facts: dict[str, Any], *, basis: str, by: User) -> Office:
    """Add a unit to the tree. All that is said of it is settled: a list does not overwrite it.

    Raises ValidationError where the code is taken.
    """
    office = Office(**facts, settled=[*LISTED, "parent"])
    office.full_clean()
    try:
        with transaction.atomic():
            office.save()
    except IntegrityError as clash:
        # Another may have taken the code between the check and the save: the same check sees it.
        office.full_clean()
        _refuse(clash)
        raise
    for subject in filter(None, (office, office.parent)):
        audit.actions.record("office.opened", subject, by=by, note=f"{office}. Dasar: {basis}")
    return office


@transaction.atomic
def change_office(
    office: Office, changes: dict[str, Any], *, basis: str, by: User, seen: Seen | None = None
) -> Office:
    """Settle name, class, city or time zone anew; papers that were issued keep what they say."""
    office = Office.objects.lock(office.pk)
    unless_overtaken(office, seen)
    changed = {name: value for name, value in changes.items() if getattr(office, name) != value}
    if not changed:
        return office
    told = [_told(office, name, value) for name, value in changed.items()]
    for name, value in changed.items():
        setattr(office, name, value)
    office.settled = sorted({*office.settled, *changed})
    office.full_clean()
    office.save(update_fields=[*changed, "settled"])
    note = "; ".join([*told, f"Dasar: {basis}"])
    audit.actions.record("office.changed", office, by=by, note=note, fields=sorted(changed))
    return office


@transaction.atomic
def move_office(office: Office, *, to: Office, basis: str, by: User) -> Office:
    """Put a unit below another one; the observers there read it from now on, the former no more.

    Whom it sends to villages, or receives, is settled above: `villages.actions.move_office`.
    """
    office = Office.objects.lock(office.pk)
    former = office.parent
    if former == to:
        return office
    office.parent = to
    office.settled = sorted({*office.settled, "parent"})
    try:
        with transaction.atomic():
            office.save(update_fields=["parent", "settled"])
    except IntegrityError as clash:
        _refuse(clash)
        raise
    note = f"{office}: dari {former} ke {to}. Dasar: {basis}"
    for subject in filter(None, (office, former, to)):
        audit.actions.record("office.moved", subject, by=by, note=note)
    return office


def _refuse(clash: IntegrityError) -> None:
    """Say which promise of the tree stands against it; another one is the caller's to word."""
    for name, sentence in REFUSALS.items():
        if broke(clash, name):
            raise TransitionRefused(sentence) from clash


def _told(office: Office, name: str, value: Any) -> str:
    """One change for the history: "kelas: Kelas II → Kelas I"."""
    field = Office._meta.get_field(name)
    words = dict(field.flatchoices) if field.flatchoices else {}  # type: ignore[union-attr]
    before = getattr(office, name)
    before, after = (words.get(it, it) or "–" for it in (before, value))
    return f"{field.verbose_name}: {before} → {after}"  # type: ignore[union-attr]
