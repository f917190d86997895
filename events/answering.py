"""Who answers a knowledge check: a phone that remembers that it did, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

from desabinaan.mail import own_address
from events.devices import Cookie, DeviceAt, Poster
from events.models import KnowledgeCheck

# From the day before an event until after the longest.
COOKIE_AGE = int(timedelta(days=40).total_seconds())
_SALT = "events.answering"


@dataclass(frozen=True)
class Respondent(DeviceAt[KnowledgeCheck]):
    """Somebody before the questions; nothing is known of them but the device.

    The key of a sheet is drawn from the device's mark: sent twice, it is one sheet. Once the
    answer has reached the device, it keeps only in which phases it answered, under another mark:
    nothing leads from it to its sheet any more, and nothing ever leads back.
    """

    LIMITS = {"knowledge": "30/h/key"}
    UNMARKED = {"knowledge": "60/10m/key"}
    FRESH: ClassVar[dict[str, str]] = {"knowledge_fresh": "400/10m/key"}

    @property
    def cookie(self) -> Cookie:
        """Remembered on the pages of this check alone."""
        key = self.door.key
        path = reverse("events:knowledge_sheet", args=[key])
        return Cookie("cek", path, COOKIE_AGE, f"{_SALT}.{key}")

    @property
    def kept(self) -> list[str]:
        """The mark, and the phases in which the device answered."""
        return [self.device, *self.answered]

    @property
    def remembered(self) -> str:
        """The mark that the cookie brought; empty where there is none."""
        return self.brought[0] if self.brought else ""

    @property
    def answered(self) -> list[str]:
        """The phases in which the device answered."""
        return self.brought[1:] if self.brought else []

    @property
    def has_answered(self) -> bool:
        """Whether it answered in the phase that is open."""
        return self.door.open_phase in self.answered

    @property
    def sheet_id(self) -> UUID:
        """The key of this device's sheet in the phase that is open."""
        told = f"{self.door.key}:{self.door.open_phase}:{self.device}"
        return UUID(bytes=salted_hmac(_SALT, told, algorithm="sha256").digest()[:16])

    def forget_sheet(self, response: HttpResponse) -> HttpResponse:
        """Mark the device as one that answered; what led from it to its sheet is gone."""
        return self.keep(response, [get_random_string(16), *self.answered, self.door.open_phase])


def poster_of(check: KnowledgeCheck) -> Poster:
    """What leads to the questions."""
    return Poster(own_address("events:knowledge_sheet", check.key))
