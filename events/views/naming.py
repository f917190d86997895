"""The name of somebody on their certificate, mended once the lists of the event are closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, refusal_as_message, render_page
from events import actions
from events.candidates import BACK_TO_THE_LOOK
from events.forms import CertificateNameForm
from events.models import Attendee, CertificateName, Contributor, Participation
from events.views.events import kept_row
from events.views.excluding import told_if_not_over


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def attendee_certificate_name(request: PortalRequest, pk: int) -> HttpResponse:
    """Somebody who came is called otherwise on their certificate."""
    return _name(request, kept_row(request, Attendee.objects.visible_to(request.access), pk))


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def contributor_certificate_name(request: PortalRequest, pk: int) -> HttpResponse:
    """The same of somebody who does something there."""
    return _name(request, kept_row(request, Contributor.objects.visible_to(request.access), pk))


def _name(request: PortalRequest, person: Attendee | Contributor) -> HttpResponse:
    if early := told_if_not_over(request, person.event):
        return early
    if not person.event.is_settled and request.method != "POST":
        edit = reverse(f"events:{person._meta.model_name}_edit", args=[person.pk])
        return redirect(f"{edit}?{urlencode(BACK_TO_THE_LOOK)}")
    said = CertificateName.objects.visible_to(request.access).of(person)
    standing = said.standing().first()
    form = CertificateNameForm(
        request.POST or None,
        standing=CertificateNameForm.standing_of(standing, person),
        history=Entry.objects.about(person.event).filter(verb="event.certificate_named"),
        place=person.event.office,
    )
    if form.is_valid():
        seen = CertificateNameForm.seen_of(standing)
        with refusal_as_message(request):
            name = form.cleaned_data["name"]
            actions.name_on_certificate(person, name=name, seen=seen, by=request.user)
            messages.success(request, f"Sertifikat berikutnya memakai nama {name}.")
        return redirect("events:certificates_check", pk=person.event_id)
    theirs = {person._meta.model_name or "": person}
    rows = Participation.objects.visible_to(request.access).filter(**theirs)
    certified = rows.in_force().with_held().first()
    context = {"event": person.event, "person": person, "form": form, "certified": certified}
    return render_page(request, "events/certificate_name.html", context)
