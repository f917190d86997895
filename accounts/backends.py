"""Who is it: a name and a password, against one account."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from accounts.actions import tidy_issued_password
from accounts.models import User
from desabinaan.asked import Asked, columns, record

_PERSON = Asked(lambda user: User.objects.filter(pk=user).order_by().values_list(*columns(User)))


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    """One name, one account, one hash: whether a name is known takes no longer to say than not.

    allauth's own tries a known address three times, as address, as name and as address again.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # noqa: ARG002
        user = User.objects.with_sign_in_name(name_in(credentials))
        password = credentials["password"]
        if user and user.must_change_password:
            password = tidy_issued_password(password)
        checked: User | None = self._check_password(user, password)
        return checked

    def get_user(self, user_id: Any) -> User | None:
        """Whoever has this key and may sign in; each page asks, so the question is written once."""
        user = record(User, _PERSON.of(user=user_id))
        return user if user and self.user_can_authenticate(user) else None


def name_in(credentials: dict[str, Any]) -> str:
    """What was typed as the name, tidied by the form; allauth guesses what kind of name it is."""
    name: str = credentials.get("email") or credentials.get("username") or ""
    return name
