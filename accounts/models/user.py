"""People: officers by NIP, village officials by their village's code, others by e-mail."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import nip
from desabinaan.locking import LockingQuerySet

# 18 digits (NIP) · 10 digits with an optional serial (village code) · an e-mail address.
SIGN_IN_NAME = r"^(\d{18}|\d{10}(-\d{1,2})?|[^@\s]+@[^@\s]+)$"
# Django's own, so that who was never signed out by the portal stays signed in when it is renewed.
SESSION_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"


def tidy_sign_in_name(text: str) -> str:
    """The name as it is stored: without the spaces of a NIP, the points of a village code."""
    name = "".join(text.replace("\0", "").split()).lower()  # which no database holds
    return name if "@" in name else name.replace(".", "")


class Rank(models.TextChoices):
    """Ranks of civil servants, I/a to IV/e."""

    I_A = "I/a", "Juru Muda (I/a)"
    I_B = "I/b", "Juru Muda Tk. I (I/b)"
    I_C = "I/c", "Juru (I/c)"
    I_D = "I/d", "Juru Tk. I (I/d)"
    II_A = "II/a", "Pengatur Muda (II/a)"
    II_B = "II/b", "Pengatur Muda Tk. I (II/b)"
    II_C = "II/c", "Pengatur (II/c)"
    II_D = "II/d", "Pengatur Tk. I (II/d)"
    III_A = "III/a", "Penata Muda (III/a)"
    III_B = "III/b", "Penata Muda Tk. I (III/b)"
    III_C = "III/c", "Penata (III/c)"
    III_D = "III/d", "Penata Tk. I (III/d)"
    IV_A = "IV/a", "Pembina (IV/a)"
    IV_B = "IV/b", "Pembina Tk. I (IV/b)"
    IV_C = "IV/c", "Pembina Utama Muda (IV/c)"
    IV_D = "IV/d", "Pembina Utama Madya (IV/d)"
    IV_E = "IV/e", "Pembina Utama (IV/e)"


class Employment(models.TextChoices):
    """On what terms a person serves; it says what their number means and which ranks there are."""

    PNS = "pns", "PNS"
    PPPK = "pppk", "PPPK"


# PPPK have no pangkat, only a golongan.
GRADE_NAMES = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
GRADE_NAMES += ["X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"]
GRADES = [(name, f"Golongan {name}") for name in GRADE_NAMES]


class UserManager(BaseUserManager["User"]):
    """Makes accounts; sign-in names are compared in lower case."""

    def create_user(
        self,
        *,
        name: str,
        username: str = "",
        email: str = "",
        password: str | None = None,
        **fields: Any,
    ) -> User:
        """Store a person who signs in with a NIP, a village code or an e-mail address."""
        email = email.strip().lower()
        user = self.model(name=name, username=username or email, email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def lock(self, pk: int) -> User:
        """The person, held until the transaction ends."""
        return LockingQuerySet(self.model, using=self._db).lock(pk)

    def with_sign_in_name(self, name: str) -> User | None:
        """Whoever signs in with this NIP, code or address, written as it is stored."""
        return self.filter(
            Q(username=name) | Q(email=name) if "@" in name else Q(username=name)
        ).first()


class User(AbstractBaseUser):
    """A person with an account; what they may do comes from dated memberships, not from here."""

    username = models.CharField(
        "NIP, kode desa, atau surel",
        max_length=254,
        unique=True,
        error_messages={"unique": "Sudah ada akun dengan NIP, kode desa, atau surel ini."},
    )
    email = models.EmailField("surel", blank=True)
    name = models.CharField("nama lengkap", max_length=120)
    employment = models.CharField(
        "status kepegawaian", max_length=4, choices=Employment, blank=True
    )
    rank = models.CharField("pangkat", max_length=5, choices=[*Rank.choices, *GRADES], blank=True)
    is_active = models.BooleanField("aktif", default=True)
    must_change_password = models.BooleanField("wajib mengganti sandi", default=False)
    opened_at = models.DateTimeField("pertama dibuka", null=True, editable=False)
    reset_at = models.DateTimeField("terakhir diatur ulang", null=True, editable=False)
    signed_out_at = models.DateTimeField("terakhir dikeluarkan", null=True, editable=False)
    created_at = models.DateTimeField("dibuat", db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "pengguna"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="user_sign_in_name_shaped",
                condition=Q(username__regex=SIGN_IN_NAME),
                violation_error_message="Isi NIP 18 angka atau alamat surel.",
            ),
            models.CheckConstraint(
                name="user_employment_known",
                condition=Q(employment__in=["", *Employment.values]),
            ),
            models.CheckConstraint(
                name="user_employed_by_number",
                condition=Q(employment="")
                | Q(employment=Employment.PNS, username__regex=nip.PNS_SHAPE)
                | Q(employment=Employment.PPPK, username__regex=rf"^\d{{{nip.DIGITS}}}$"),
                violation_error_message="NIP PNS memuat tanggal lahir, bulan CPNS, jenis kelamin, "
                "dan nomor urut; periksa angkanya.",
            ),
            models.CheckConstraint(
                name="user_rank_of_employment",
                condition=Q(rank="")
                | ~Q(employment=Employment.PPPK) & Q(rank__in=Rank.values)
                | Q(employment=Employment.PPPK, rank__in=GRADE_NAMES),
                violation_error_message="PNS mempunyai pangkat, PPPK mempunyai golongan I–XVII.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                condition=~Q(email=""),
                violation_error_message="Sudah ada akun dengan alamat surel ini.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def note_opened(self) -> None:
        """Remember when they first had a password of their own choice, once for all; unsaved."""
        self.opened_at = self.opened_at or timezone.now()

    def sign_out_everywhere(self) -> None:
        """Let every session that began before this moment open nothing, listed or not; unsaved."""
        self.signed_out_at = timezone.now()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know to go on: the password, and when all were last ended."""
        stamp = self.signed_out_at.timestamp() if self.signed_out_at else ""
        return salted_hmac(
            SESSION_SALT, f"{self.password}{stamp}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @property
    def nip(self) -> str:
        """The 18-digit employee number, or nothing. Personal data: never on a public page."""
        return self.username if len(self.username) == 18 and self.username.isdigit() else ""

    @property
    def has_village_code(self) -> bool:
        """Whether the account was opened for a village and signs in with its code."""
        return self.username[:10].isdigit() and not self.nip and "@" not in self.username
