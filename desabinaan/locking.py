"""Rows held until the transaction ends: first held, then read as they stand by then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models

from desabinaan.workflow import Gone


class LockingQuerySet[M: models.Model](models.QuerySet[M]):
    """The one place that locks rows.

    Never in the statement that reads them: PostgreSQL looks again at the row that it waited for,
    but not at what is joined to it. Who waited would see a record without its certificate, or
    none at all where the joined key has changed meanwhile.
    """

    def with_held(self) -> Self:
        """What actions read of a held row beyond its own columns; nothing unless an app says so."""
        return self

    def lock(self, pk: int) -> M:
        """The row, held until the transaction ends, as it stands once it is; Gone where it went."""
        held = self._read([pk])
        if not held:
            name = str(self.model._meta.verbose_name)
            raise Gone(f"{name[:1].upper()}{name[1:]} ini tidak ada lagi: baru saja dihapus.")
        return held[0]

    def lock_all(self, pks: Iterable[int]) -> list[M]:
        """Several, held in one order whoever asks, so that two people never wait for each other."""
        return list(self.with_held().filter(pk__in=self._hold(pks)))

    def lock_these(self) -> list[M]:
        """All that are found; what is none of these any more, once it is held, is left out."""
        return self.lock_all(self.order_by().values_list("pk", flat=True))

    def lock_if_free(self, pk: int) -> M | None:
        """The row; nothing where another transaction holds it, or where it is none of these."""
        return next(iter(self._read([pk], skip_locked=True)), None)

    def _read(self, pks: Iterable[int], *, skip_locked: bool = False) -> list[M]:
        """The rows once they are held, in no order: there is one."""
        held = self._hold(pks, skip_locked=skip_locked)
        return list(self.with_held().filter(pk__in=held).order_by())

    def _hold(self, pks: Iterable[int], *, skip_locked: bool = False) -> list[int]:
        """Which of the rows are held: the rows of one table, in the order of their keys."""
        bare = self.model._default_manager.filter(pk__in=list(pks)).order_by("pk")
        held = bare.select_for_update(no_key=True, skip_locked=skip_locked)
        return list(held.values_list("pk", flat=True))
