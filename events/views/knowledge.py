"""The knowledge check of an event for its staff: questions, phases, code, gain, and withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    goes_up,
    refusal_as_message,
    render_page,
    require,
)
from events import actions
from events.answering import poster_of
from events.forms import KnowledgeQuestionForm, WithdrawCheckForm
from events.knowledge import Gain
from events.models import Event, KnowledgeCheck, KnowledgeQuestion, Phase
from events.models.knowledge import MOST_KNOWLEDGE_QUESTIONS
from events.permissions import can_keep
from events.views.events import found_event, keeps, told_if_settled


@require_http_methods(FORM_METHODS)
@keeps
def knowledge(request: PortalRequest, event: Event) -> HttpResponse:
    """The questions in their order, one more at their end; when people answer; what they knew."""
    form = KnowledgeQuestionForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            actions.write_knowledge_question(event, facts=form.facts(), by=request.user)
            messages.success(request, "Pertanyaan ditambahkan.")
        return redirect("events:knowledge", pk=event.pk)
    questions = KnowledgeQuestion.objects.visible_to(request.access)
    context = {
        "event": event,
        "gain": Gain.of(event),
        "questions": questions.filter(knowledge_check__event=event),
        "phases": Phase,
        "most": MOST_KNOWLEDGE_QUESTIONS,
        "form": form,
    }
    return render_page(request, "events/knowledge.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def knowledge_question(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend a question."""
    item = _kept(request, pk)
    if settled := told_if_settled(request, item.event):
        return settled
    form = KnowledgeQuestionForm(
        request.POST or None,
        standing=KnowledgeQuestionForm.standing_of(item),
        history=Entry.objects.about(item.event).filter(verb="event.knowledge_written"),
        place=item.event.office,
    )
    if form.is_valid():
        with refusal_as_message(request):
            seen, by = KnowledgeQuestionForm.seen_of(item), request.user
            facts = form.facts()
            actions.write_knowledge_question(item.event, facts=facts, item=item, seen=seen, by=by)
            messages.success(request, "Pertanyaan disimpan.")
        return redirect("events:knowledge", pk=item.event.pk)
    context = {"event": item.event, "item": item, "form": form}
    return render_page(request, "events/knowledge_question.html", context)


@require_POST
def knowledge_question_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a question off."""
    item = _kept(request, pk)
    with refusal_as_message(request):
        actions.drop_knowledge_question(item, by=request.user)
        messages.success(request, "Pertanyaan dihapus.")
    return redirect("events:knowledge", pk=item.event.pk)


@require_POST
def knowledge_question_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down; the page opens again where the question is."""
    item = _kept(request, pk)
    if (up := goes_up(request.POST)) is not None:
        with refusal_as_message(request):
            actions.move_knowledge_question(item, up=up, by=request.user)
    return redirect(f"{reverse('events:knowledge', args=[item.event.pk])}#pertanyaan-{item.pk}")


@require_POST
def knowledge_ready(request: PortalRequest, pk: int) -> HttpResponse:
    """Begin with the questions that are there already."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    with refusal_as_message(request):
        if taken := actions.take_ready_questions(event, by=request.user):
            messages.success(request, f"{taken} pertanyaan siap pakai ditambahkan.")
    return redirect("events:knowledge", pk=event.pk)


@require_POST
def knowledge_set(request: PortalRequest, pk: int) -> HttpResponse:
    """Open a phase, or close the one that is open."""
    event = found_event(request, pk)
    require(can_keep(request.access, event))
    wanted = request.POST.get("tahap", "")
    with refusal_as_message(request):
        if wanted in Phase.values:
            actions.open_phase(event, Phase(wanted), by=request.user)
            messages.success(request, f"Cek {Phase(wanted).label.lower()} dibuka.")
            return redirect("events:knowledge_poster", pk=event.pk)
        if wanted == "tutup":
            actions.close_phase(event, by=request.user)
            messages.success(request, "Cek pengetahuan ditutup.")
    return redirect("events:knowledge", pk=event.pk)


@require_safe
@keeps
def knowledge_poster(request: PortalRequest, event: Event) -> HttpResponse:
    """The code that leads to the questions: for a screen in the hall, and to be printed."""
    mine = KnowledgeCheck.objects.visible_to(request.access).live()
    check = mine.filter(event=event).first()
    if check is None:
        messages.info(request, "Tulis pertanyaannya dahulu.")
        return redirect("events:knowledge", pk=event.pk)
    context = {"event": event, "check": check, "poster": poster_of(check)}
    return render_page(request, "events/knowledge_poster.html", context)


@require_http_methods(FORM_METHODS)
@keeps
def knowledge_withdraw(request: PortalRequest, event: Event) -> HttpResponse:
    """Let the check and its sheets count no more, with the reason."""
    gain = Gain.of(event)
    if gain is None:
        return redirect("events:knowledge", pk=event.pk)
    form = WithdrawCheckForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            actions.withdraw_check(event, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Cek pengetahuan ditarik; lembarnya tidak dihitung lagi.")
        return redirect("events:knowledge", pk=event.pk)
    context = {"event": event, "gain": gain, "form": form}
    return render_page(request, "events/knowledge_withdraw.html", context)


def _kept(request: PortalRequest, pk: int) -> KnowledgeQuestion:
    """The question, for somebody who keeps its event."""
    mine = KnowledgeQuestion.objects.visible_to(request.access).with_held()
    item = get_object_or_404(mine, pk=pk)
    require(can_keep(request.access, item.event))
    return item
