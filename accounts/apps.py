"""The accounts app's configuration."""

from django.apps import AppConfig

from audit import verbs

VERBS = {
    "user.created": "membuat akun",
    "user.entered": "mencatat orang tanpa akses masuk",
    "user.name_settled": "membetulkan nama",
    "user.employment_settled": "mencatat NIP, status kepegawaian, dan pangkat",
    "user.email_settled": "mencatat surel",
    "user.password_issued": "memberi sandi sekali pakai",
    "user.password_changed": "mengganti sandi",
    "user.notices_chosen": "mengatur pemberitahuan surel",
    "user.second_factor_added": "memasang faktor kedua",
    "user.second_factor_removed": "melepas faktor kedua",
    "user.second_factor_reset": "melepas faktor kedua yang hilang",
    "user.recovery_codes_renewed": "mengganti kode cadangan",
    "user.card_issued": "mencetak kartu aktivasi",
    "user.card_used": "mengaktifkan akun dengan kartu",
    "user.sessions_ended": "mengeluarkan perangkat",
    "office.second_factor_reset": "melepas faktor kedua yang hilang",
    "membership.started": "memberi peran",
    "membership.ended": "mengakhiri peran",
    "membership.confirmed": "mengesahkan penunjukan",
    "membership.cancelled": "membatalkan peran yang salah catat",
    "invitation.sent": "mengundang",
    "invitation.resent": "mengirim ulang undangan",
    "invitation.withdrawn": "menarik undangan",
    "invitation.accepted": "menerima undangan",
    "office.password_issued": "memberi sandi sekali pakai",
    "office.person_settled": "mengubah data orang",
    "office.opened": "menambahkan kantor",
    "office.changed": "mengubah data kantor",
    "office.moved": "memindahkan kantor ke unit atasan lain",
    "office.profile_changed": "memperbarui profil kantor",
}


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "orang dan kantor"

    def ready(self) -> None:
        # The models are ready only now.
        from accounts import appointments, notices, second_factor, sessions  # noqa: PLC0415

        second_factor.listen()
        sessions.listen()
        notices.register(*appointments.KINDS)
        verbs.register(VERBS)
