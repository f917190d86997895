"""Who speaks for a village, as far as a table knows more than the portal; it changes nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from villages.models import ContactRole, ImportRow, Village, VillageContact
from villages.onboarding.facts import Facts

LONGEST_TITLE = 80

type Known = Mapping[int, Sequence[VillageContact]]


def of_villages(villages: Iterable[int]) -> Known:
    """Everybody who speaks or spoke for these villages; one query."""
    known: dict[int, list[VillageContact]] = defaultdict(list)
    for contact in VillageContact.objects.filter(village__in=villages):
        known[contact.village_id].append(contact)
    return known


def missing(its: Facts, known: Sequence[VillageContact], today: date) -> list[VillageContact]:
    """Those whom the row names and the portal does not know, unsaved, still without a village."""
    found = []
    if its.head_name and not any(_leads_meanwhile(it, its) for it in known):
        found.append(
            VillageContact(
                role=ContactRole.HEAD,
                name=its.head_name,
                title=its.head_title,
                phone=its.head_phone,
                since=its.head_since,
                until=its.head_until,
            )
        )
    secretaries = (it for it in known if it.role == ContactRole.SECRETARY)
    if its.secretary_name and not any(it.serves_on(today) for it in secretaries):
        role = ContactRole.SECRETARY
        found.append(VillageContact(role=role, name=its.secretary_name, phone=its.secretary_phone))
    return found


def mark_additions(rows: Mapping[int, ImportRow], said: Mapping[int, Facts], today: date) -> None:
    """See of which known villages, given by village, the rows name somebody new; one query."""
    known = of_villages(rows)
    for village, row in rows.items():
        row.adds_contacts = bool(missing(said[row.line], known.get(village, []), today))


def entitled(contact: VillageContact, village: Village) -> VillageContact:
    """The contact of this village, with a title: the one of the table, or the usual one."""
    contact.village = village
    if not contact.title:
        is_head = contact.role == ContactRole.HEAD
        usual = village.head_title if is_head else f"Sekretaris {village.full_name}"
        contact.title = usual[:LONGEST_TITLE]
    return contact


def _leads_meanwhile(contact: VillageContact, its: Facts) -> bool:
    """Whether they lead the village in the time that the table says, as far as it is known."""
    if not contact.is_head:
        return False
    ended = contact.until is not None and its.head_since and contact.until < its.head_since
    begins = contact.since is not None and its.head_until and its.head_until < contact.since
    return not (ended or begins)
