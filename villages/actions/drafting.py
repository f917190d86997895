"""A decree drafted from sheets: a letter of the office, remembered on each of them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

import audit.actions
import certificates.actions
from accounts.models import Office, User
from certificates.models import Letter
from villages.actions.steps import lock_all
from villages.decree_drafts import DecreeDraft, draft_paper
from villages.models import Designation


@transaction.atomic
def draft_decree(
    office: Office, sheets: Sequence[Designation], draft: DecreeDraft, *, by: User
) -> Letter:
    """Have the decree drawn as a draft, its number left open; decides nothing about the sheets.

    Asked for twice within minutes, it is one draft.
    """
    lock_all(sheets)  # so that two clicks find each other
    paper = draft_paper(office, sheets, draft)
    if same := certificates.actions.ordered_just_now(paper, by=by):
        return same
    letter = certificates.actions.order_letter(paper, by=by)
    for sheet in sheets:
        audit.actions.record("designation.decree_drafted", sheet, by=by, note=letter.title)
    return letter
