"""The frame of every page that takes one step of a sheet: found, permitted, and open now."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.access import Access
from accounts.models import Office
from desabinaan import legibility
from desabinaan.http import PortalRequest, require
from desabinaan.workflow import Answer, Transition
from villages import prints
from villages.actions.steps import is_repeated
from villages.models import Decree, Designation
from villages.pages import open_sheet
from villages.prints import Look

UNUSED = "Isian Anda di halaman tadi tidak dipakai."
SHOWN_ON = "hari"
DAY_IS_OVER = (
    "Belum disimpan: hari sudah berganti sejak Anda memeriksanya, dan tanggal serta nomor register "
    "mengikuti hari ini. Periksa sekali lagi, lalu lanjutkan."
)

type View = Callable[..., HttpResponse]
type Predicate = Callable[[Access, Designation], Answer]


def on_sheet(may: Predicate, step: Transition | None = None) -> Callable[[View], View]:
    """Give the view its sheet; where the step is not open, show how things stand instead.

    A step that this very person has just taken needs no warning: it was a double click, unless it
    came from another page on which something else was typed.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def found(request: PortalRequest, pk: int, **kwargs: str) -> HttpResponse:
            sheet = open_sheet(request.access, pk)
            require(may(request.access, sheet))
            if step is None or step.is_open(sheet):
                return view(request, sheet, **kwargs)
            if not is_repeated(sheet, step, request.user):
                messages.warning(request, step.refusal(sheet))
            elif says_otherwise(request, sheet.decree, sheet.status_note):
                messages.warning(request, unused(sheet))
            return redirect(sheet)

        return found

    return decorate


def is_confirmed(request: PortalRequest, office: Office) -> bool:
    """Whether a last look was confirmed, and on the day of the office on which it was shown.

    Date and register number follow the day: at New Year the number that was shown is another.
    """
    if "confirmed" not in request.POST:
        return False
    today = office.today().isoformat()
    if request.POST.get(SHOWN_ON, today) == today:
        return True
    messages.warning(request, DAY_IS_OVER)
    return False


def is_read(request: PortalRequest, shown: Look, undone: str) -> bool:
    """Whether the last look showed what would be printed now; else it is shown again, and says so.

    A page that does not say what it showed has shown nothing.
    """
    words = shown.changes(request.POST.get(prints.SHOWN, ""))
    if words:
        messages.warning(request, f"{undone}: {words}")
    return not words


def says_otherwise(request: PortalRequest, decree: Decree | None, note: str = "") -> bool:
    """Whether what was typed differs from what this person decided a moment ago."""
    decided = {
        "number": decree.number if decree else "",
        "decree": str(decree.pk) if decree else "",
        "note": note,
        "reason": note,
    }
    typed = {name: legibility.lines(request.POST.get(name, "")) for name in decided}
    return any(said and said != decided[name] for name, said in typed.items())


def unused(sheet: Designation) -> str:
    """How the sheet stands, and that what was typed besides changed nothing."""
    under = f" Nomor SK: {sheet.decree}." if sheet.decree else ""
    standing = sheet.standing()
    return f"{standing[0].upper()}{standing[1:]}{under} {UNUSED}"
