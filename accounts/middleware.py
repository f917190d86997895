"""Who is asking: closed by default, known once per request, own password before anything else."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from accounts import sessions
from accounts.access import Access, access_of
from accounts.models import User

OFFICE_IN_SESSION = "office_id"
SEEN_IN_SESSION = "seen"
KEEP_ALIVE_SECONDS = 600
WANTED_IN_SESSION = "wanted"  # the page after signing in, and when that was
JUST_SIGNED_IN_SECONDS = 60
SHOWN_ALREADY = "tampak"  # what a waiting page adds to its own address when it asks for news
SECOND_FACTOR_IN_SESSION = "second_factor"


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Sends strangers to the sign-in page; a part of a page asks the browser to go there."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        target, field = self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        redirection = redirect_to_login(_page_of(request), target, field)
        redirection["Location"] += _what_ended(request)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(redirection.url)
        return redirection


def _what_ended(request: HttpRequest) -> str:
    """What the sign-in page has to tell: that a session is over, and that what was typed is kept.

    Only somebody who was signed in has seen a page from which to post.
    """
    if request.method == "POST" and request.POST.get("isian"):
        return "&berakhir=isian"
    had_session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return "&berakhir=sesi" if request.method == "POST" or had_session else ""


def _page_of(request: HttpRequest) -> str:
    """Where to go on after signing in: a pressed button may have no page, so the one it was on."""
    if request.method in ("GET", "HEAD"):
        query = request.GET.copy()
        query.pop(SHOWN_ALREADY, None)
        return f"{request.path}?{query.urlencode()}" if query else request.path
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, request.get_host(), request.is_secure()):
        return urlsplit(page)._replace(scheme="", netloc="").geturl()
    return reverse(settings.LOGIN_REDIRECT_URL)


def no_store_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep what a session saw out of the browser's memory: Back after signing out shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # The cookie alone decides, so that public pages ask the database nothing.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def access_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give the request its `access`, resolved when first asked for; None for strangers."""

    def resolve(request: HttpRequest) -> Access | None:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        _keep_alive(request, user)
        return access_of(user, request.session.get(OFFICE_IN_SESSION))

    def middleware(request: HttpRequest) -> HttpResponse:
        request.access = SimpleLazyObject(lambda: resolve(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _keep_alive(request: HttpRequest, user: User) -> None:
    """Count the idle time from here: written once in a while, not with every request."""
    now, session = int(time.time()), request.session
    seen = [session.session_key, now]
    key, before = session.get(SEEN_IN_SESSION, ["", 0])
    if key != session.session_key or now - before > KEEP_ALIVE_SECONDS:
        session[SEEN_IN_SESSION] = seen
        sessions.note(request, user)


def wanted_page_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead who has just signed in to their desk, where the page of somebody before is not theirs.

    The sign-in page carries on where a session ended; on a shared computer that was another's.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in (403, 404) and _has_just_signed_in_for(request):
            messages.info(request, "Halaman yang semula dituju tidak terbuka untuk akun ini.")
            return redirect(settings.LOGIN_REDIRECT_URL)
        return response

    return middleware


def _has_just_signed_in_for(request: HttpRequest) -> bool:
    """Whether signing in led to this very page; a page for strangers has put the session away."""
    if request.method != "GET" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    session = getattr(request, "session", None)
    page, at = session.get(WANTED_IN_SESSION, ["", 0]) if session is not None else ("", 0)
    return bool(request.get_full_path() == page and time.time() - at < JUST_SIGNED_IN_SECONDS)


def first_things_first[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Mark a page that strangers may open too, but through which an account could act."""
    view.first_things_first = True  # type: ignore[attr-defined]
    return view


class _FirstThingsFirst:
    """Something that a person does before any other page opens to them."""

    words: str  # what the page says to whoever is led there
    level: int
    page: str
    open_pages: frozenset[str]

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def comes_first(self, request: HttpRequest) -> bool:
        """Whether this person has yet to do it."""
        raise NotImplementedError

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponse],
        _args: tuple[object, ...],
        _kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Lead the person there, whatever they asked for."""
        is_kept = getattr(view_func, "login_required", True)
        if not (is_kept or getattr(view_func, "first_things_first", False)):
            return None
        if not self.comes_first(request):
            return None
        if request.resolver_match and request.resolver_match.url_name in self.open_pages:
            return None
        messages.add_message(request, self.level, self.words)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(redirect(self.page).url)
        return redirect(self.page)


class OwnPasswordMiddleware(_FirstThingsFirst):
    """An issued password opens one page: the one that replaces it."""

    words, level = "Ganti sandi sekali pakai Anda sebelum melanjutkan.", messages.INFO
    page = "account_change_password"
    open_pages = frozenset({"account_change_password", "account_logout"})

    def comes_first(self, request: HttpRequest) -> bool:
        """Whether the password is one that somebody else knows."""
        return getattr(request.user, "must_change_password", False)


class SecondFactorMiddleware(_FirstThingsFirst):
    """Once a role has had its time to set one up, nothing opens before the second factor is."""

    words = "Peran Anda mewajibkan faktor kedua. Pasang dahulu di sini."
    level = messages.WARNING
    page = "mfa_index"
    open_pages = frozenset(
        {
            "account_change_password",
            "account_logout",
            "account_reauthenticate",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_index",
        }
    )

    def comes_first(self, request: HttpRequest) -> bool:
        """Whether the role takes one, and its time is over; a password of one's own comes first."""
        return not getattr(request.user, "must_change_password", False) and _is_overdue(request)


def _is_overdue(request: HttpRequest) -> bool:
    """Whether the time is over; once it is set up, the session remembers and asks no more."""
    access: Access | None = request.access  # type: ignore[attr-defined]
    if not access or request.session.get(SECOND_FACTOR_IN_SESSION):
        return False
    since = access.needs_second_factor_from
    if since is None or since > timezone.localdate():
        return False
    if not access.lacks_second_factor:
        request.session[SECOND_FACTOR_IN_SESSION] = True
        return False
    return True
