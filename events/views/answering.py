"""The public page of a knowledge check: questions for everybody who came, and of nobody by name."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.http import FORM_METHODS, render_page
from desabinaan.workflow import TransitionRefused
from events import actions
from events.answering import Respondent
from events.forms import AnswersForm
from events.models import KnowledgeCheck


@cache_control(private=True, no_store=True)
@login_not_required
@require_http_methods(FORM_METHODS)
def knowledge_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The questions of the phase that is open; each device answers them once."""
    check = get_object_or_404(KnowledgeCheck.objects.with_key(key))
    if not check.takes_answers:
        return _shut(request, check)
    respondent = Respondent(request, check)
    if respondent.has_answered:
        return redirect("events:knowledge_thanks", key=key)
    form = AnswersForm(
        request.POST or None, questions=check.questions.all(), phase=check.open_phase
    )
    if request.method == "POST" and (refused := respondent.refused("knowledge")):
        return refused
    if form.is_valid():
        return _sent(request, respondent, form)
    return respondent.remember(_shown(request, check, form))


@cache_control(private=True, no_store=True)
@login_not_required
@require_safe
def knowledge_thanks(request: HttpRequest, key: str) -> HttpResponse:
    """Thanks; nothing of anybody's answers stands here."""
    check = get_object_or_404(KnowledgeCheck.objects.with_key(key))
    context = {"event": check.event, "check": check}
    return render_page(request, "events/knowledge_thanks.html", context)


def _sent(request: HttpRequest, respondent: Respondent, form: AnswersForm) -> HttpResponse:
    """Store the sheet, or say why it came too late."""
    check = respondent.door
    try:
        answers, sheet_id = form.answers(), respondent.sheet_id
        actions.answer(check, check.open_phase, answers, sheet_id=sheet_id)
    except TransitionRefused as refusal:
        form.add_error(None, refusal.message)
        return respondent.remember(_shown(request, check, form))
    return respondent.forget_sheet(redirect("events:knowledge_thanks", key=check.key))


def _shown(request: HttpRequest, check: KnowledgeCheck, form: AnswersForm) -> HttpResponse:
    context = {"event": check.event, "check": check, "form": form}
    return render_page(request, "events/knowledge_sheet.html", context)


def _shut(request: HttpRequest, check: KnowledgeCheck) -> HttpResponse:
    """Not now: what event it is, and whom to ask."""
    context = {"event": check.event, "check": check}
    return render_page(request, "events/knowledge_shut.html", context, status=410)
