"""Questions on safe migration that any event may take for its knowledge check.

Only what is settled (programme.md §1.4, §2.1, §5.1, §5.3, §7). What passports for migrant workers
cost and take is not asked: there the sources differ, and an office asks what holds for it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ready:
    """A question, its choices, and which of them is right, counted from 1."""

    text: str
    choices: tuple[str, ...]
    right: int


READY_QUESTIONS = (
    Ready(
        "Apa nama aplikasi untuk mengajukan permohonan paspor?",
        ("APOA", "M-Paspor", "SIMKIM"),
        2,
    ),
    Ready(
        "Seseorang menawarkan jasa mengurus paspor Anda. Apa yang sebaiknya Anda lakukan?",
        (
            "Menerima, supaya lebih cepat",
            "Menitipkan KTP dan KK kepadanya",
            "Mengurus sendiri tanpa calo, dan bertanya kepada kantor imigrasi",
        ),
        3,
    ),
    Ready(
        "Apa kepanjangan TPPO?",
        (
            "Tindak pidana perdagangan orang",
            "Tata pelayanan paspor daring",
            "Tim pemeriksa paspor dan orang asing",
        ),
        1,
    ),
    Ready(
        "Apa kepanjangan TPPM?",
        (
            "Tempat pelatihan pekerja migran",
            "Tindak pidana perdagangan modal",
            "Tindak pidana penyelundupan manusia",
        ),
        3,
    ),
    Ready(
        "Siapa petugas imigrasi yang membina desa dan dapat ditanya di sana?",
        ("Perekrut tenaga kerja", "PIMPASA", "Petugas BPJS"),
        2,
    ),
    Ready(
        "Apa tugas desa bagi warga yang hendak bekerja di luar negeri?",
        (
            "Memberi informasi, mendata mereka, dan membantu pengurusan dokumen",
            "Menerbitkan paspor",
            "Mencarikan majikan",
        ),
        1,
    ),
)
