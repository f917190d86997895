"""The certificates app's configuration."""

from django.apps import AppConfig

from audit import verbs


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = "dokumen"

    def ready(self) -> None:
        from certificates import checks  # noqa: F401, PLC0415 - registers itself

        verbs.register(
            {
                "certificate.ordered": "memesan sertifikat",
                "certificate.drawn": "menyelesaikan berkas sertifikat",
                "certificate.revoked": "mencabut sertifikat",
                "certificate.downloaded": "mengunduh sertifikat",
                "certificate.scan_attached": "mengunggah pindaian sertifikat bertanda tangan",
                "certificate.scan_withdrawn": "menarik pindaian sertifikat",
                "letter.ordered": "membuat surat",
                "letter.drawn": "menyelesaikan berkas surat",
                "letter.scan_attached": "mengunggah pindaian surat bertanda tangan",
                "letter.scan_withdrawn": "menarik pindaian surat",
                "export.ordered": "meminta ekspor",
                "export.made": "menyelesaikan ekspor",
                "export.expired": "menghapus berkas ekspor yang lewat waktunya",
                "export.withdrawn": "menarik berkas ekspor yang isinya tidak berlaku lagi",
                "export.refused": "mengakhiri ekspor yang tidak boleh lagi dibaca pemintanya",
                "number.written": "menulis nomor ke register",
                "number.voided": "membatalkan nomor",
                "number.skipped": "melewati nomor yang sudah ditulis tangan",
                "number_template.chosen": "memilih pola nomor",
            }
        )
