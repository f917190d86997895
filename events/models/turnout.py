"""How many came to an event: counted by the database whenever its list changes."""

from __future__ import annotations

from django.db import models

from events.models.event import Event


class Turnout(models.Model):
    """Without names, and each person once; of an event to which anybody came.

    A year of the nation has half a million attendees, and a recap that counts them anew takes
    longer than a page may. Triggers write these rows, nobody else.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="turnout"
    )
    people = models.PositiveIntegerField("peserta", default=0)
    men = models.PositiveIntegerField("peserta laki-laki", default=0)
    women = models.PositiveIntegerField("peserta perempuan", default=0)
    boys = models.PositiveIntegerField("siswa laki-laki", default=0)
    girls = models.PositiveIntegerField("siswa perempuan", default=0)

    class Meta:
        verbose_name = "jumlah hadir"

    def __str__(self) -> str:
        return f"{self.event}: {self.people + self.boys + self.girls}"
