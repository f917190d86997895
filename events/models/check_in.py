"""The door through which people enter themselves on the list of an event, without an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from desabinaan.locking import LockingQuerySet
from events.models.event import Event

if TYPE_CHECKING:
    from accounts.access import Access

KEY_LENGTH = 10
CODE_LENGTH = 8
PIN_LENGTH = 4
# Wrong PINs that an event bears until the PIN is changed: a hall of people mistypes less often,
# and whoever guesses has found one of ten thousand by then in one event of fifty.
WRONG_PINS = 200
AROUND = timedelta(hours=1)  # before and after the event, while its printed sheet leads in
MINUTE = 60


class CheckInQuerySet(LockingQuerySet["CheckIn"]):
    def visible_to(self, access: Access) -> Self:
        """Those of events of the person's offices: their PIN is read with them."""
        return self.filter(event__office__among=access.office_ids)

    def with_key(self, key: str) -> Self:
        """The one that whoever holds this key may know of; with what its page says."""
        return self.filter(key=key).select_related("event__office")

    def with_held(self) -> Self:
        """With the event and its office."""
        return self.select_related("event__office")


class CheckIn(models.Model):
    """An event's own address for everybody who came, opened and shut by whoever keeps the event.

    A code that changes every minute leads in, from a screen in the hall; so does a PIN that is
    spoken there, around the hours of the event.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="check_in")
    key = models.CharField(max_length=KEY_LENGTH, unique=True)
    pin = models.CharField(max_length=PIN_LENGTH)
    wrong_pins = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField("dibuka", default=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = "daftar hadir mandiri"
        constraints = [
            models.CheckConstraint(
                name="check_in_pin_of_digits", condition=Q(pin__regex=rf"^[0-9]{{{PIN_LENGTH}}}$")
            ),
            models.CheckConstraint(
                name="check_in_key_whole", condition=Q(key__regex=rf"^[a-z0-9]{{{KEY_LENGTH}}}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}"

    @property
    def takes_people(self) -> bool:
        """Whether anybody may still enter themselves: opened, on its day or later, not settled."""
        return self.is_open and not self.event.is_settled and self.event.has_begun

    @property
    def takes_pin(self) -> bool:
        """Whether the printed sheet leads in now: around the hours of the event."""
        event, now = self.event, timezone.now()
        return event.starts_at - AROUND <= now <= event.ends_at + AROUND

    @property
    def pin_is_spent(self) -> bool:
        """Whether the PIN was mistyped too often to be believed any more."""
        return self.wrong_pins >= WRONG_PINS

    def code(self, at: datetime | None = None) -> str:
        """What the screen shows during this minute."""
        return self._code_of(_minute(at or timezone.now()))

    def shows(self, code: str, at: datetime | None = None) -> bool:
        """Whether the screen shows this code now, or showed it a minute ago."""
        minute = _minute(at or timezone.now())
        told = code.encode()
        # Both are compared, so that the time it takes tells nothing.
        fits = [constant_time_compare(self._code_of(it).encode(), told) for it in
                (minute, minute - 1)]  # fmt: skip
        return any(fits)

    def opens_with(self, pin: str) -> bool:
        """Whether this is the PIN."""
        return constant_time_compare(self.pin, pin)

    def _code_of(self, minute: int) -> str:
        mac = salted_hmac("events.check_in", f"{self.key}:{minute}", algorithm="sha256")
        return mac.hexdigest()[:CODE_LENGTH]


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // MINUTE
