"""Offices: the list, the page of one, its profile; and which one a person works in now."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions
from accounts.forms.office import ProfileForm
from accounts.forms.units import CLASS_NAMES
from accounts.middleware import OFFICE_IN_SESSION
from accounts.models import Invitation, Office, OfficeKind
from accounts.models.office import OfficeFilter, OfficeQuerySet
from accounts.people import people_of
from accounts.permissions import can_administer
from audit.models import Entry
from desabinaan.editing import again_if_overtaken
from desabinaan.http import FORM_METHODS, PortalRequest, render_page, require

PAGE_SIZE = 25
HISTORY_SHOWN = 30


@dataclass(frozen=True, slots=True)
class OfficeList:
    """What the list of offices is asked for; it lives in the address."""

    text: str
    kind: str
    office_class: str
    standing: str

    kinds = OfficeKind.choices
    classes = CLASS_NAMES
    standings = OfficeFilter.choices

    @classmethod
    def of(cls, asked: QueryDict) -> OfficeList:
        """The search as it was typed and chosen."""
        names = ("q", "jenis", "kelas", "keadaan")
        return cls(*(asked.get(name, "").strip() for name in names))

    def filter(self, offices: OfficeQuerySet) -> OfficeQuerySet:
        """Those that fit, with everything that a row names."""
        found = offices.matching(self.text).of_kind(self.kind).of_class(self.office_class)
        return found.standing_at(self.standing).with_list()


@require_safe
def own_office(request: PortalRequest) -> HttpResponse:
    """The page of the office that the person keeps: the current one, or the first."""
    access = request.access
    if access.is_national_admin and access.current_office and access.current_office.is_directorate:
        return redirect("accounts:offices")
    kept = [office for office in access.offices if can_administer(access, office)]
    office = access.current_office if access.current_office in kept else next(iter(kept), None)
    office = office or access.current_office
    if office is None:
        raise Http404
    return redirect(office)


@require_safe
def offices(request: PortalRequest) -> HttpResponse:
    """Every office, for the national administrator; others are sent to their own."""
    if not request.access.is_national_admin:
        return redirect("accounts:office")
    listed = OfficeList.of(request.GET)
    found = listed.filter(Office.objects.visible_to(request.access))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"page": page, "list": listed}
    return render_page(request, "accounts/offices.html", context)


@require_safe
def office_detail(request: PortalRequest, code: str) -> HttpResponse:
    """The office: its profile, its people now, soon and before, its numbers, its history."""
    office = kept_office(request, code)
    context = {
        "office": office,
        "people": people_of(office, request.access),
        "invitations": Invitation.objects.visible_to(request.access)
        .filter(office=office)
        .waiting(),
        "entries": Entry.objects.about(office)[:HISTORY_SHOWN],
    }
    return render_page(request, "accounts/office.html", context)


@require_http_methods(FORM_METHODS)
@again_if_overtaken
def office_profile(request: PortalRequest, code: str) -> HttpResponse:
    """What the office's papers print."""
    office = kept_office(request, code)
    told = Entry.objects.about(office).filter(verb="office.profile_changed")
    form = ProfileForm(request.POST or None, request.FILES or None, office=office, history=told)
    if form.is_valid():
        if changes := form.changes():
            actions.change_profile(office, changes=changes, seen=form.standing, by=request.user)
        messages.success(request, "Profil kantor disimpan.")
        return redirect(office)
    return render_page(request, "accounts/profile.html", {"office": office, "form": form})


@require_safe
def office_emblem(request: PortalRequest, code: str) -> HttpResponse:
    """The emblem, for whoever may read the office's records."""
    office = get_object_or_404(Office.objects.visible_to(request.access), code=code)
    if not office.emblem:
        raise Http404
    content_type = mimetypes.guess_type(str(office.emblem.name))[0]
    with office.emblem.open("rb") as emblem:
        return HttpResponse(emblem.read(), content_type=content_type)


@require_POST
def choose_office(request: PortalRequest) -> HttpResponse:
    """Work in another of one's offices from here on, and stay on the page."""
    mine = {str(office.pk): office.pk for office in request.access.offices}
    chosen = mine.get(request.POST.get("office", ""))
    if chosen is None:
        raise Http404
    request.session[OFFICE_IN_SESSION] = chosen
    target = request.POST.get("next", "")
    hosts, secure = {request.get_host()}, request.is_secure()
    is_ours = url_has_allowed_host_and_scheme(target, hosts, require_https=secure)
    # An address and nothing else: a bare word would be looked for among the names of views.
    is_address = target.startswith("/")
    return HttpResponseRedirect(target if is_ours and is_address else reverse("reports:desk"))


def kept_office(request: PortalRequest, code: str) -> Office:
    """The office that this administrator keeps; 404 for strangers, 403 for its other people."""
    visible = Office.objects.visible_to(request.access).select_related("parent")
    office = get_object_or_404(visible, code=code)
    require(can_administer(request.access, office))
    return office
