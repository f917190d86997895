"""Inviting somebody, and the password that they choose when they accept."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import invitations
from accounts.access import is_village_account
from accounts.actions import VILLAGE_ACCOUNT
from accounts.forms.people import RoleForm
from accounts.forms.sign_in import NEW_PASSWORD, PASSWORD_HINT
from accounts.models import Invitation, Rank, User
from accounts.models.user import tidy_sign_in_name
from desabinaan import formats
from desabinaan.fields import PrintedText, TextField


class InviteForm(RoleForm):
    """Whom to ask, at which address, for what role."""

    name = PrintedText(
        label="Nama lengkap",
        max_length=120,
        help_text="Dengan gelar, seperti tercetak pada surat.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Surel",
        max_length=254,
        help_text="Undangan dikirim ke alamat ini dan berlaku tujuh hari.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    username = TextField(
        label="NIP",
        required=False,
        max_length=30,
        help_text="18 angka. Bila diisi, orangnya dapat masuk dengan NIP maupun surel.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    rank = forms.ChoiceField(
        label="Pangkat", required=False, choices=[("", "Tidak dicatat"), *Rank.choices]
    )

    FIELD_OF: ClassVar[dict[str, str]] = {"__all__": "email"}

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by

    def clean_email(self) -> str:
        """The address as it is stored."""
        email: str = self.cleaned_data["email"].lower()
        return email

    def clean_username(self) -> str:
        """The NIP as it is stored."""
        nip = tidy_sign_in_name(self.cleaned_data["username"])
        if nip and not (nip.isdigit() and len(nip) == 18):
            raise ValidationError("Isi 18 angka, atau kosongkan.")
        return nip

    def clean(self) -> dict[str, Any]:
        """Nobody asks themselves, a village's account, or two people at once."""
        data = super().clean()
        if {"email", "username"} <= data.keys():
            names = filter(None, (data["username"], data["email"]))
            known = {user for name in names if (user := User.objects.with_sign_in_name(name))}
            sentence = self._why_not(known) or self._has_it(known)
            if sentence:
                self.add_error("email", sentence)
        return data

    def _why_not(self, known: set[User]) -> str:
        if self.by in known:
            return invitations.OWN_ROLE
        if len(known) > 1:
            return "Surel dan NIP ini milik dua akun yang berbeda. Isi salah satunya saja."
        if any(is_village_account(user) for user in known):
            return VILLAGE_ACCOUNT
        if any(not user.is_active for user in known):
            return "Akun ini dinonaktifkan. Hubungi administrator nasional."
        return ""

    def _has_it(self, known: set[User]) -> str:
        """What to say to whoever invites somebody to a role that they have already."""
        if not known or self.errors:
            return ""
        (user,) = known
        held = invitations.held_already(self.invitation(), user)
        if held is None:
            return ""
        since = formats.long_date(held.starts_on)
        return f"{user.name} sudah {held.role_words} di kantor ini, sejak {since}."

    def invitation(self) -> Invitation:
        """The invitation, not yet sent."""
        facts = {name: self.cleaned_data[name] for name in ("name", "email", "username", "rank")}
        return Invitation(office=self.office, **facts, **self._role_facts())


class FirstPasswordForm(forms.Form):
    """The password that somebody chooses for an account which is theirs from now on."""

    password1 = forms.CharField(
        label=NEW_PASSWORD["password1"],
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=NEW_PASSWORD["password2"],
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Twice the same, and hard to guess for this person, where it is known who it is."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Kedua sandi tidak sama.")
        elif first:
            try:
                validate_password(first, self.person)
            except ValidationError as error:
                self.add_error("password1", error)
        return data
