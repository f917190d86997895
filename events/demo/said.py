"""What was said at the founding cases: the matters as reported, the words and drawings our own."""

from __future__ import annotations

from events.demo.told import Documented

M_PASPOR = "Langkah mendapatkan kuota pada aplikasi M-Paspor"
RIGHTS = "Hak dan kewajiban pekerja migran Indonesia"
SAFE = "Paspor dan berangkat kerja secara aman"
DESBUMI = "Desa Peduli Buruh Migran sejak 2016"
GROUP = "Grup WhatsApp desa dan cara melaporkan korban TPPO"

JATIJAJAR = Documented(
    "Desa Jatijajar memenuhi kriteria: minat warganya menjadi pekerja migran tinggi.\n"
    "Pemerintah Kabupaten Kebumen mendukung desa ini sebagai calon.\n"
    "Kepala desa dan perangkat akan dibekali agar dapat menjelaskan paspor bagi pekerja "
    "migran, supaya pelanggaran serta korban TPPO dan TPPM berkurang.\n"
    "Sasaran berikutnya: setiap desa dan kelurahan di Kabupaten Kebumen.",
    taken_by="Staf Kantor Imigrasi Cilacap",
    caption="Koordinasi dengan instansi Kabupaten Kebumen",
    figures=9,
    to_do="Minta surat kesediaan Desa Jatijajar",
)

PAKUNCEN = Documented(
    "Acara dibuka oleh Kepala Kantor.\n"
    "Sertifikat penghargaan diserahkan oleh Kepala Seksi Dokumen Perjalanan dan Izin "
    "Tinggal Keimigrasian kepada Kepala Desa Pakuncen.\n"
    "Kantor mendekatkan diri kepada warga melalui PIMPASA dan memperluas jaringan "
    "informasi untuk mencegah TPPO.\n"
    "PIMPASA menyampaikan hak dan kewajiban pekerja migran Indonesia.",
    taken_by="Staf Kantor Imigrasi Wonosobo",
    caption="Penyerahan sertifikat kepada Kepala Desa Pakuncen",
    figures=5,
    to_do="Kirim jadwal PIMPASA kepada Desa Pakuncen",
    slides={
        RIGHTS: (
            "Hak: perjanjian kerja, upah, cuti, dan pelindungan",
            "Kewajiban: menaati hukum negara tujuan dan melapor kedatangan",
            "PIMPASA mendampingi warga sejak dari desa",
        )
    },
)

TIMBURU = Documented(
    "Acara dibuka oleh Sekretaris Daerah Kabupaten Kotabaru, yang mengukuhkan Desa "
    "Gendang Timburu sebagai Desa Binaan Imigrasi Tahun 2024.\n"
    "Disampaikan cara mengurus paspor dan bahaya berangkat tanpa prosedur.\n"
    "Langkah mendapatkan kuota pada aplikasi M-Paspor diperagakan.",
    taken_by="Staf Kantor Imigrasi Batulicin",
    caption="Pengukuhan Desa Gendang Timburu",
    figures=7,
    to_do="Kirim panduan M-Paspor kepada perangkat desa",
    slides={
        M_PASPOR: (
            "Pasang aplikasi M-Paspor dan buat akun",
            "Pilih kantor imigrasi dan tanggal yang masih berkuota",
            "Unggah persyaratan, bayar, lalu datang pada jadwalnya",
        )
    },
)

WULUHAN = Documented(
    "Acara dibuka oleh Kepala Subbagian Tata Usaha, atas nama Kepala Kantor.\n"
    "Narasumber pertama menyampaikan syarat paspor dan bahaya berangkat tanpa prosedur.\n"
    "Narasumber kedua menceritakan layanan pekerja migran yang sudah berjalan di desanya.\n"
    "Acara ditutup dengan tanya jawab dan foto bersama.",
    taken_by="Staf Subbagian Tata Usaha",
    caption="Foto bersama peserta dan narasumber",
    figures=16,
    asked=(
        (
            "Kepala Desa",
            "Apakah calon pekerja migran tetap perlu rekomendasi untuk mengurus paspor?",
            "Syaratnya sesuai tujuan berangkat; desa dapat menanyakannya lebih dahulu kepada "
            "kantor.",
        ),
        (
            "Perangkat desa",
            "Ke mana warga melapor bila anggota keluarganya menjadi korban?",
            "Ke kantor imigrasi, kepolisian, atau BP3MI; PIMPASA mendampingi.",
        ),
    ),
    to_do="Kirim bahan paparan kepada peserta",
    slides={
        SAFE: (
            "Syarat paspor bagi calon pekerja migran",
            "Tanda tawaran kerja yang patut dicurigai",
            "Bahaya berangkat tanpa prosedur",
        ),
        DESBUMI: (
            "Layanan pekerja migran di kantor desa",
            "Peraturan desa tentang pelindungan pekerja migran",
            "Kelompok usaha produktif purna pekerja migran",
        ),
    },
)

KERINCI = Documented(
    "Kedua desa dikukuhkan karena perangkatnya sendiri yang menghendaki.\n"
    "Grup WhatsApp dibentuk: desa menyampaikan masalah di sana, kantor menjawab secepat "
    "mungkin.\n"
    "Warga diminta melaporkan kerabat yang menjadi korban TPPO.",
    taken_by="Staf Kantor Imigrasi Kerinci",
    caption="Pengukuhan kedua desa",
    figures=8,
    to_do="Undang perangkat kedua desa ke grup WhatsApp",
    slides={
        GROUP: (
            "Sampaikan masalah warga di grup, tanpa data pribadi",
            "Kantor menjawab secepat mungkin",
            "Laporkan kerabat yang menjadi korban TPPO",
        )
    },
)
