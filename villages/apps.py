"""The villages app's configuration: its verbs, its kind of paper, and whose village is whose."""

from django.apps import AppConfig

from audit import verbs

VERBS = {
    "village.registered": "mencatat desa",
    "village.guided_by": "membina desa sejak penetapan",
    "village.struck_out": "menyatakan penetapan desa salah catat",
    "village.updated": "memperbarui data desa",
    "village.contact_written": "mencatat kontak desa",
    "village.contact_changed": "membetulkan kontak desa",
    "village.contact_dropped": "menghapus catatan kontak desa",
    "village.contact_ended": "mengakhiri kontak desa",
    "village.moved": "mengalihkan desa ke kantor lain",
    "village.head_changed": "mencatat kepala desa yang baru",
    "village.programme_written": "mencatat program sejenis",
    "village.programme_dropped": "menghapus catatan program sejenis",
    "village.migrants_counted": "mencatat angka pekerja migran",
    "village.migrant_count_dropped": "menghapus angka pekerja migran",
    "village.agreement_written": "mencatat perjanjian",
    "village.agreement_dropped": "menghapus catatan perjanjian",
    "village.document_attached": "menyimpan dokumen desa",
    "village.document_removed": "melepas dokumen desa",
    "village.account_given": "memberi akun desa",
    "village.account_ended": "mengakhiri akun desa",
    "village.email_settled": "mencatat surel akun desa",
    "village.card_issued": "mencetak kartu aktivasi akun desa",
    "village.second_factor_reset": "melepas faktor kedua akun desa",
    "village.password_issued": "memberi sandi sekali pakai untuk akun desa",
    "designation.proposed": "memulai usulan",
    "designation.finding_written": "mengisi kriteria",
    "designation.finding_dropped": "menghapus kriteria",
    "designation.document_attached": "melampirkan berkas",
    "designation.document_removed": "melepas berkas",
    "designation.coordination_written": "mencatat koordinasi",
    "designation.consent_written": "mencatat kesediaan desa",
    "designation.submitted": "mengajukan usulan",
    "designation.withdrawn": "menarik usulan",
    "designation.returned": "mengembalikan usulan",
    "designation.rejected": "menolak usulan",
    "designation.approved": "menetapkan desa",
    "designation.decree_drafted": "membuat draf SK",
    "designation.decree_changed": "mengubah isi SK yang belum bernomor",
    "designation.decree_numbered": "mencatat nomor SK",
    "decree.changed": "mengubah isi SK yang belum bernomor",
    "decree.corrected": "memperbaiki SK yang dicatat dari tabel",
    "designation.ceremony_written": "mencatat pengukuhan",
    "designation.revocation_requested": "mengusulkan pencabutan",
    "designation.revocation_declined": "tidak mengabulkan pencabutan",
    "designation.revoked": "mencabut penetapan",
    "designation.ended": "mengakhiri masa pembinaan",
    "designation.recorded": "mencatat penetapan dari SK",
    "designation.decree_corrected": "memperbaiki SK yang dicatat dari tabel",
    "designation.struck_out": "menyatakan penetapan salah catat",
    "designation.confirmed": "membenarkan catatan penetapan",
    "designation.certified": "menerbitkan sertifikat portal",
    "import.received": "mengunggah tabel desa binaan",
    "import.mapped": "memastikan kolom tabel",
    "import.row_settled": "menyelesaikan baris",
    "import.officer_settled": "memastikan PIMPASA dalam tabel",
    "import.rows_dropped": "melewati baris meragukan",
    "import.recorded": "mencatat desa dari tabel",
    "import.confirmed": "membenarkan desa dari tabel",
    "import.sent_back": "mengembalikan tabel dengan catatan",
    "import.decree_corrected": "memperbaiki SK",
    "import.village_struck_out": "menyatakan salah catat",
    "import.asked_again": "mengajukan lagi tabel untuk dibenarkan",
    "import.abandoned": "membatalkan impor",
    "designation.passed_on": "menyerahkan penyusunan usulan",
    "officer.appointed": "mengangkat PIMPASA",
    "officer.changed": "memperbarui data PIMPASA",
    "officer.ended": "mengakhiri masa tugas PIMPASA",
    "officer.handed_over": "menyerahterimakan tugas PIMPASA",
    "assignment.started": "menugaskan PIMPASA",
    "assignment.ended": "mengakhiri penugasan PIMPASA",
    "assignment.letter_ordered": "membuat surat tugas PIMPASA",
    "assignment.cancelled": "membatalkan penugasan PIMPASA yang salah catat",
    "criterion.added": "menambah kriteria",
    "criterion.reworded": "mengubah kata-kata kriteria",
    "criterion.retired": "mengakhiri kriteria",
    "criterion.restored": "memberlakukan kembali kriteria",
    "criterion.moved": "memindahkan urutan kriteria",
    "edition.received": "mengunggah edisi daftar wilayah",
    "edition.applied": "menerapkan edisi daftar wilayah",
    "edition.abandoned": "membatalkan edisi daftar wilayah",
    "office.closed": "menutup kantor",
    "office.reopened": "membuka kembali kantor",
    "jurisdiction.confirmed": "menetapkan wilayah kerja",
    "jurisdiction.released": "melepas wilayah kerja",
}


class VillagesConfig(AppConfig):
    name = "villages"
    verbose_name = "desa binaan"

    def ready(self) -> None:
        from accounts.access import (  # noqa: PLC0415 - models are ready only now
            VillageSide,
            provide_villages,
        )
        from accounts.notices import register  # noqa: PLC0415
        from certificates import kinds  # noqa: PLC0415
        from villages import (  # noqa: PLC0415
            assignment_letters,
            decree_drafts,
            notices,
            papers,
            people,
        )

        side = VillageSide(
            villages_of=people.villages_of,
            ties_of=people.ties_of,
            guiding=people.guiding,
            acted_on=people.acted_on,
        )
        provide_villages(side)
        kinds.register(papers.DESIGNATION)
        kinds.register_letter(decree_drafts.DECREE_DRAFT)
        kinds.register_letter(assignment_letters.ASSIGNMENT_LETTER)
        register(*notices.KINDS)
        verbs.register(VERBS)
