"""Where drawn and scanned papers lie: private, named by their hash, each exact byte kept."""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages


class Damaged(OSError):
    """A kept paper is no longer what was drawn."""


def keep(content: bytes, suffix: str = "pdf") -> tuple[str, str]:
    """Store a paper as `<sha256>.<suffix>`; the name and the hash. Twice is as once."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = storages["papers"].save(f"{sha256[:2]}/{sha256}.{suffix}", ContentFile(content))
    return name, sha256


def read(name: str, sha256: str) -> bytes:
    """The exact bytes of a kept paper, or an OSError: never bytes other than those once drawn."""
    with storages["papers"].open(name) as file:
        content = bytes(file.read())
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(name)
    return content


def opened(name: str, sha256: str) -> File[bytes]:
    """The same as an open file, for what is too large for memory; read once before it is given."""
    file = storages["papers"].open(name)
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise Damaged(name)
    file.seek(0)
    return file
