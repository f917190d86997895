"""What a password must be: Django's checks in the words of our forms (sandi, tanda, surel)."""

from __future__ import annotations

from django.contrib.auth import password_validation


class LongEnough(password_validation.MinimumLengthValidator):
    """Not shorter than so many signs."""

    def get_error_message(self) -> str:
        """How long it has to be."""
        return f"Sandi terlalu pendek: paling sedikit {self.min_length} tanda."


class NotCommon(password_validation.CommonPasswordValidator):
    """None of those that are guessed first."""

    def get_error_message(self) -> str:
        """What to choose instead."""
        return "Sandi ini dipakai banyak orang, sehingga mudah ditebak. Pilih yang lain."


class NotOnesName(password_validation.UserAttributeSimilarityValidator):
    """Nothing that is known of the person."""

    def get_error_message(self) -> str:
        """Of what it reminds; Django fills in the name of the field."""
        return "Sandi terlalu mirip dengan %(verbose_name)s Anda. Pilih yang lain."
