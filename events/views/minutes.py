"""The minutes of an event, its questions and their answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import (
    FORM_METHODS,
    PortalRequest,
    goes_up,
    refusal_as_message,
    render_page,
)
from events import actions
from events.forms import MinutesForm, QuestionForm
from events.models import Event, Minutes, Question
from events.views.events import keeps, kept_row, told_if_settled


@require_http_methods(FORM_METHODS)
@again_if_overtaken
@keeps
def minutes(request: PortalRequest, event: Event) -> HttpResponse:
    """Write the minutes, or mend them."""
    mine = Minutes.objects.visible_to(request.access).filter(event=event)
    standing = MinutesForm.standing_of(mine.first())
    form = MinutesForm(
        request.POST or None,
        standing=standing,
        history=Entry.objects.about(event).filter(verb="event.minutes_written"),
        place=event.office,
    )
    if form.is_valid():
        with refusal_as_message(request):
            actions.write_minutes(event, facts=form.cleaned_data, seen=standing, by=request.user)
            messages.success(request, "Notulen disimpan.")
        return redirect(event)
    return render_page(request, "events/minutes.html", {"event": event, "form": form})


@require_http_methods(FORM_METHODS)
@keeps
def questions(request: PortalRequest, event: Event) -> HttpResponse:
    """What was asked and answered, in its order; one more at its end."""
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        with refusal_as_message(request):
            actions.write_question(event, facts=form.cleaned_data, by=request.user)
            messages.success(request, "Pertanyaan ditambahkan.")
        return redirect("events:questions", pk=event.pk)
    context = {"event": event, "questions": event.questions.all(), "form": form}
    return render_page(request, "events/questions.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def question_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Mend a question or its answer."""
    item = _kept(request, pk)
    if settled := told_if_settled(request, item.event):
        return settled
    standing = QuestionForm.standing_of(item)
    form = QuestionForm(
        request.POST or None,
        standing=standing,
        history=Entry.objects.about(item.event).filter(verb="event.question_written"),
        place=item.event.office,
    )
    if form.is_valid():
        with refusal_as_message(request):
            facts, by = form.cleaned_data, request.user
            actions.write_question(item.event, facts=facts, item=item, seen=standing, by=by)
            messages.success(request, "Pertanyaan disimpan.")
        return redirect("events:questions", pk=item.event_id)
    context = {"event": item.event, "item": item, "form": form}
    return render_page(request, "events/question.html", context)


@require_POST
def question_drop(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a question off."""
    item = _kept(request, pk)
    with refusal_as_message(request):
        actions.drop_question(item, by=request.user)
        messages.success(request, "Pertanyaan dihapus.")
    return redirect("events:questions", pk=item.event_id)


@require_POST
def question_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down; the page opens again where the question is."""
    item = _kept(request, pk)
    if (up := goes_up(request.POST)) is not None:
        with refusal_as_message(request):
            actions.move_question(item, up=up, by=request.user)
    return redirect(f"{reverse('events:questions', args=[item.event_id])}#pertanyaan-{item.pk}")


def _kept(request: PortalRequest, pk: int) -> Question:
    """The question, for somebody who keeps its event."""
    return kept_row(request, Question.objects.visible_to(request.access), pk)
