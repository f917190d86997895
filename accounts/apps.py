"""The accounts app's configuration."""

from django.apps import AppConfig

from audit import verbs


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "orang dan kantor"

    def ready(self) -> None:
        verbs.register(
            {
                "user.created": "membuat akun",
                "user.entered": "mencatat orang tanpa akses masuk",
                "user.employment_settled": "mencatat NIP, status kepegawaian, dan pangkat",
                "user.password_issued": "memberi sandi sekali pakai",
                "user.password_changed": "mengganti sandi",
                "membership.started": "memberi peran",
                "membership.ended": "mengakhiri peran",
                "membership.cancelled": "membatalkan peran yang salah catat",
                "office.password_issued": "memberi sandi sekali pakai",
                "office.profile_changed": "memperbarui profil kantor",
            }
        )
