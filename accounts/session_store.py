"""Where sessions are kept: Django's own table, read by a question that is written once."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from desabinaan.asked import Asked, columns, present, record

_LIVE = Asked(
    lambda key: Session.objects.filter(session_key=key, expire_date__gt=present()).values_list(
        *columns(Session)
    )
)


class SessionStore(db.SessionStore):
    """Django's sessions in the database; each page reads one, so the question is written once."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        # What a cookie says may be anything; what is none of Django's keys is looked for nowhere.
        session = record(Session, _LIVE.of(key=key)) if key.isalnum() else None
        if session is None:
            self._session_key = None
        return session
