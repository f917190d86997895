"""Files that the portal serves, fetched without the signal that ends a request, and tests too."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpResponse
from django.test import Client


class Served(NamedTuple):
    """What somebody got at an address."""

    status: int
    content: bytes
    answer: HttpResponse


def served(client: Client, address: str) -> Served:
    """Fetch it, and let go of the file."""
    answer = client.get(address)
    content = answer.getvalue() if answer.streaming else b""
    for close in answer._resource_closers:
        close()
    return Served(answer.status_code, content, answer)
