"""What is told of who leads an office: to whoever confirms it, and to whom somebody acts for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta

from django.urls import reverse

from accounts.access import Access
from accounts.models import Membership, Office, Role
from accounts.models.office import OfficeKind, today_there
from accounts.notices import Kind, Matter
from audit.models import Entry
from desabinaan import formats


def _vouching(noted: Collection[Membership]) -> Mapping[int, set[int]]:
    """Who of each office may confirm each of these."""
    confirming = Membership.objects.confirming(today_there("office__"))
    roles = list(confirming.filter(office__in={it.office_id for it in noted}))
    return {it.pk: {r.user_id for r in roles if r.vouches_for(it)} for it in noted}


def _national_admins() -> set[int]:
    live = Membership.objects.on(today_there("office__")).filter(role=Role.ADMIN)
    above = live.filter(office__kind=OfficeKind.DIRECTORATE)
    return set(above.values_list("user_id", flat=True))


def _matter(it: Membership, readers: Iterable[int]) -> Matter:
    words = f"{it.role_words}, mulai {formats.long_date(it.starts_on)}"
    if it.ends_on:
        words += f" sampai {formats.long_date(it.ends_on)}"
    if it.given_by:
        words += f"; dicatat {it.given_by.name}"
    path = reverse("accounts:membership_confirm", args=[it.office.code, it.pk])
    involved = {it.user_id, it.given_by_id, it.confirmed_by_id}
    return Matter(it.office, frozenset(set(readers) - involved), it.user.name, words, path)


def _matters(found: Collection[Membership]) -> Mapping[int, Matter]:
    near, above = _vouching(found), _national_admins()
    return {it.pk: _matter(it, near[it.pk] - {it.user_id, it.given_by_id} or above) for it in found}


def _waiting(ids: Collection[int]) -> Mapping[int, Matter]:
    """Heads to be confirmed: for whoever there may, else for the nation's administrators."""
    waiting = Membership.objects.awaiting(today_there("office__")).filter(pk__in=ids)
    found = list(waiting.select_related("user", "office", "given_by"))
    return _matters(found)


def _appointed(ids: Collection[int]) -> Mapping[int, Matter]:
    """Heads who count: for the others who lead the office, or else for those above."""
    lasting = Membership.objects.not_over(today_there("office__")).filter(awaits=False)
    found = list(lasting.filter(pk__in=ids).select_related("user", "office", "given_by"))
    return _matters(found)


def _ended(ids: Collection[int]) -> Mapping[int, Matter]:
    """Heads whose role an administrator ended or struck out: for themselves and for those above."""
    found = list(Entry.objects.filter(pk__in=ids).select_related("by"))
    offices = Office.objects.in_bulk([it.data["office"] for it in found])
    above = _national_admins()
    return {it.pk: _of_end(it, offices[it.data["office"]], above) for it in found}


def _of_end(entry: Entry, office: Office, above: set[int]) -> Matter:
    readers = frozenset({entry.subject_id, *above} - {entry.by_id})
    # The desk, since whoever led the office may not open its page any more.
    path = reverse("reports:desk")
    return Matter(office, readers, str(office), f"{entry.sentence}: {entry.note}", path)


def _leads(access: Access) -> bool:
    return any(it.role == Role.HEAD for it in access.memberships)


def _confirms(access: Access) -> bool:
    return _leads(access) or access.is_national_admin


KINDS = (
    Kind(
        "head.waiting",
        "Penunjukan menunggu pengesahan",
        "Administrator mencatat kepala kantor, Plt., atau Plh.; berlaku setelah Anda sahkan. "
        "Diingatkan setiap pekan.",
        _confirms,
        _waiting,
        lasts=timedelta(days=60),
        again=timedelta(days=7),
    ),
    Kind(
        "head.appointed",
        "Kepala kantor atau pejabat pengganti ditunjuk",
        "Seseorang memimpin kantor di samping atau sesudah Anda, atau sebagai kepala pertamanya.",
        _confirms,
        _appointed,
        covers="head.waiting",
    ),
    Kind(
        "head.ended",
        "Peran kepala kantor atau pejabat pengganti diakhiri",
        "Administrator mengakhiri atau membatalkan peran seseorang yang memimpin kantor.",
        _confirms,
        _ended,
    ),
)
