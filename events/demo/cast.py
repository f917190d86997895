"""Who was at the founding cases: titles and institutions as reported, every name invented.

Where a report names nobody but "agencies" (C0), those that a kabupaten has are taken.
"""

from __future__ import annotations

from events.demo.told import Came, Guest
from events.models import Source

OFFICER, SELF = Source.OFFICER, Source.SELF
STAFF, SECRETARY, OFFICIAL = "Staf", "Sekretaris Desa", "Perangkat desa"
CADRE = "Kader PKK"
CILACAP, TIKKIM = "Kantor Imigrasi Cilacap", "Kasubsi Teknologi Informasi Keimigrasian"
INFOKOM = "Kasubsi Informasi dan Komunikasi Keimigrasian"

# C0: four officers with the agencies of Kebumen.
OF_WORK = "Dinas Tenaga Kerja Kabupaten Kebumen"
OF_VILLAGES = "Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Kebumen"
KEBUMEN = (
    Guest("government", "Asisten Pemerintahan dan Kesejahteraan Rakyat",
          "Pemerintah Kabupaten Kebumen", "Sutarno Hadikusuma", "33.05"),
    Guest("manpower", "Kepala Dinas Tenaga Kerja", OF_WORK, "Ratri Kusumaningrum", "33.05"),
    Guest("village_affairs", "Kepala Dinas Pemberdayaan Masyarakat dan Desa", OF_VILLAGES,
          "Wahyono Setiabudi", "33.05"),
)  # fmt: skip
AT_KEBUMEN = (
    Came("Gilang Mahardika Putra", CILACAP, TIKKIM, OFFICER),
    Came("Nastiti Rahayuningsih", CILACAP, INFOKOM, OFFICER),
    Came("Arif Budi Prakosa", CILACAP, STAFF, OFFICER),
    Came("Intan Maharani Dewi", CILACAP, STAFF, OFFICER),
    Came("Tri Hartanto", OF_WORK, STAFF),
    Came("Lilis Suryaningsih", OF_VILLAGES, STAFF),
)

# C1: the Sekda opens; the village comes with its secretary, its officials and its elders.
TIMBURU = "Desa Gendang Timburu"
KOTABARU = (
    Guest("government", "Sekretaris Daerah Kabupaten Kotabaru", "Pemerintah Kabupaten Kotabaru",
          "Zainal Abidinsyah", "63.02"),
    Guest("immigration", "Kepala Divisi Keimigrasian", "Kantor Wilayah Kalimantan Selatan",
          "Fakhrian Amberi Noor"),
    Guest("district", "Sekretaris Kecamatan Sungai Durian", "Kecamatan Sungai Durian",
          "Rusmawati Aulia", "63.02.15"),
    Guest("police", "Kapolsek Sungai Durian", "Polsek Sungai Durian", "Hendra Yudhistira",
          "63.02.15"),
    Guest("army", "Babinsa Gendang Timburu", "Koramil Sungai Durian", "Anang Kurdiansyah",
          "63.02.15"),
    Guest("community", "Tokoh masyarakat Gendang Timburu", TIMBURU, "Asmuni Jahrani"),
)  # fmt: skip
AT_TIMBURU = (
    Came("Rahmadi Saputra", TIMBURU, "Kaur Keuangan"),
    Came("Norhayati Ulfah", TIMBURU, "Kasi Pelayanan"),
    Came("Ahmad Baihaqi Anshar", TIMBURU, "Kepala Dusun"),
    Came("Masrifah Hanum", TIMBURU, "Ketua PKK"),
    Came("Junaidi Abdan", TIMBURU, "Tokoh pemuda"),
    Came("Khairul Ihsan", TIMBURU, "Tokoh agama"),
)

# C2: heads of offices, the radio, Forkopimda and the press at a hotel.
PAKUNCEN, PRESS = "Desa Pakuncen", "Media setempat"
WONOSOBO = (
    Guest("religious_affairs", "Kepala Kantor Kementerian Agama", "Kementerian Agama Wonosobo",
          "Ahmad Fathoni Mubarok", "33.07"),
    Guest("religious_court", "Ketua Pengadilan Agama Wonosobo", "Pengadilan Agama Wonosobo",
          "Nur Laila Fitriani", "33.07"),
    Guest("detention", "Kepala Rutan Wonosobo", "Rumah Tahanan Negara Wonosobo",
          "Sigit Pramudya Wardana", "33.07"),
    Guest("statistics", "Kepala BPS Kabupaten Wonosobo", "BPS Kabupaten Wonosobo",
          "Endah Kurniasari", "33.07"),
    Guest("radio", "Direktur radio daerah", "Lembaga Penyiaran Publik Lokal",
          "Galuh Satrio Utomo", "33.07"),
    Guest("government", "Unsur Forkopimda", "Forkopimda Kabupaten Wonosobo",
          "Teguh Widagdo Santosa", "33.07"),
    Guest("press", "Pemimpin redaksi", PRESS, "Rina Oktaviasari"),
)  # fmt: skip
AT_WONOSOBO = (
    Came("Retno Asih Prameswari", PAKUNCEN, SECRETARY, OFFICER),
    Came("Sukamto Prihadi", PAKUNCEN, "Kaur Perencanaan"),
    Came("Wening Lestariningsih", PAKUNCEN, "Kasi Kesejahteraan"),
    Came("Purwanto Riyadi Aji", PAKUNCEN, "Ketua BPD"),
    Came("Dimas Aryo Seto", PRESS, "Wartawan", SELF),
    Came("Kartika Ayu Laksmi", PRESS, "Wartawan", SELF),
)

# C3: the kecamatan, all heads of its villages, those who protect migrants, police and army.
WULUHAN = (
    Guest("district", "Camat Wuluhan", "Kecamatan Wuluhan", "Bagus Wirayuda Santika", "35.09.11"),
    Guest("police", "Kapolsek Wuluhan", "Polsek Wuluhan", "Heru Cahyo Wicaksono", "35.09.11"),
    Guest("army", "Danramil Wuluhan", "Koramil Wuluhan", "Sunaryo Adi Wibawa", "35.09.11"),
    Guest("manpower", "Kepala Dinas Tenaga Kerja", "Disnaker Kabupaten Jember",
          "Yuli Setyaningrum", "35.09"),
    Guest("migrant_protection", "Kepala BP3MI Jawa Timur", "BP3MI Jawa Timur",
          "Hario Bimasena"),
    Guest("social_security", "Kepala BPJS Ketenagakerjaan Jember", "BPJS Ketenagakerjaan Jember",
          "Dian Puspita Anggun", "35.09"),
    Guest("ngo", "Koordinator Migrant CARE Jember", "Migrant CARE", "Widuri Handayani", "35.09"),
)  # fmt: skip
# TNI and police came from the level of the villages.
FOR_WULUHAN = {
    "Heru Cahyo Wicaksono": "Edi Purnawarman, Bhabinkamtibmas Desa Ampel",
    "Sunaryo Adi Wibawa": "Mulyadi Kusuma, Babinsa Desa Lojejer",
}
AT_WULUHAN = (
    Came("Ika Rosalina Putri", "Desa Ampel", SECRETARY, SELF),
    Came("Fajar Nurcahyo", "Desa Lojejer", SECRETARY, SELF),
    Came("Ulfatun Khasanah", "Desa Dukuhdempok", "Kader DESBUMI", SELF),
    Came("Sulastri Mindarwati", "Desa Dukuhdempok", "Ketua kelompok usaha produktif", SELF),
    Came("Rizal Mahendra", "Desa Kesilir", OFFICIAL, SELF),
    Came("Wiwik Sudarti", "Desa Tamansari", CADRE, SELF),
    Came("Ahmad Syaifullah", "Desa Glundengan", OFFICIAL, SELF),
    Came("Novita Candra Dewi", "Desa Tanjungrejo", OFFICIAL, SELF),
    Came("Agung Setiawan Jati", "Polsek Wuluhan", "Bhabinkamtibmas Desa Kesilir"),
    Came("Didik Kurniawan", "Koramil Wuluhan", "Babinsa Desa Dukuhdempok"),
    Came("Hj. Wiwik Sudarti", "Desa Tamansari", CADRE),  # who entered herself signed the sheet too
    Came("Hartono Basuki", "Desa Tamansari", "Ketua BPD"),
    Came("Mutmainah Sholihah", "Desa Ampel", "Purna pekerja migran"),
    Came("Suwarno Hadi", "Desa Lojejer", "Kepala Dusun"),
    Came("Nanik Purwaningsih", "Desa Glundengan", CADRE),
    Came("Solikhin Anwar", "Desa Kesilir", "Ketua BPD"),
    Came("Eko Budi Laksono", "Desa Tanjungrejo", "Kepala Dusun"),
)

# C4: the officials of two villages that wanted it.
KOTO, HIANG = "Desa Koto Dua Baru", "Desa Hiang Sakti"
AT_KERINCI = (
    Came("Yosi Marlinda Putri", KOTO, SECRETARY, OFFICER),
    Came("Ratna Delima Sari", HIANG, SECRETARY, OFFICER),
    Came("Darwis Alamsyah", KOTO, "Kaur Umum"),
    Came("Erni Yusmita", KOTO, CADRE),
    Came("Syafril Hadinata", KOTO, "Tokoh masyarakat"),
    Came("Hendri Jaya Putra", HIANG, "Kasi Pemerintahan"),
    Came("Nurmalis Rahayu", HIANG, "Tokoh masyarakat"),
    Came("Rio Febriansyah", KOTO, "Ketua karang taruna", SELF),
    Came("Sartikawati", HIANG, "Ketua PKK", SELF),
)

# Of these weeks: an evening in Plobangan, and a week in Selomerto that goes on.
PLOBANGAN = "Desa Plobangan"
AT_PLOBANGAN = (
    Came("Turyanto Hadinegara", PLOBANGAN, "Kepala Desa", OFFICER),
    Came("Joko Tri Handaru", PLOBANGAN, SECRETARY, OFFICER),
    Came("Siti Nuraini Safitri", PLOBANGAN, "Warga", SELF),
    Came("Budi Raharjo", PLOBANGAN, "Warga", SELF),
    Came("Puji Astutik", PLOBANGAN, "Warga", SELF),
    Came("Anton Wibisono", PLOBANGAN, "Warga", SELF),
    Came("Marsiyah", PLOBANGAN, CADRE),
    Came("Siti Nuraeni Safitri", PLOBANGAN, "Warga"),
)
SELOMERTO = (
    Guest("district", "Camat Selomerto", "Kecamatan Selomerto", "Kuntoro Adi Nugroho",
          "33.07.06"),
    Guest("police", "Kapolsek Selomerto", "Polsek Selomerto", "Yanuar Prasetyawan", "33.07.06"),
    Guest("army", "Danramil Selomerto", "Koramil Selomerto", "Sugiarto Wirabumi", "33.07.06"),
    Guest("manpower", "Kepala Dinas Tenaga Kerja", "Disnaker Kabupaten Wonosobo",
          "Hesti Wulandari", "33.07"),
)  # fmt: skip
AT_SELOMERTO = (
    Came("Retno Asih Prameswari", PAKUNCEN, SECRETARY, SELF),
    Came("Suharti Ningsih", PAKUNCEN, CADRE, SELF),
    Came("Tegar Adi Saputro", PLOBANGAN, "Calon pekerja migran", SELF),
)
DEPUTIES = (
    "Sri Lestari Rahmadani, Sekretaris",
    "Winarno Kusumo, Kepala Seksi",
    "Tuti Alawiyah, Kepala Urusan",
    "Gunawan Prasojo, Staf",
    "Yekti Utami, Bendahara",
    "Mardiyono, Kepala Dusun",
)

WOMEN = frozenset({
    "Ratri Kusumaningrum", "Nastiti Rahayuningsih", "Intan Maharani Dewi", "Lilis Suryaningsih",
    "Rusmawati Aulia", "Norhayati Ulfah", "Masrifah Hanum",
    "Nur Laila Fitriani", "Endah Kurniasari", "Rina Oktaviasari", "Retno Asih Prameswari",
    "Wening Lestariningsih", "Kartika Ayu Laksmi",
    "Yuli Setyaningrum", "Dian Puspita Anggun", "Widuri Handayani", "Nurhasanah Wijayanti",
    "Sri Wahyuningsih Utami", "Ika Rosalina Putri", "Ulfatun Khasanah", "Sulastri Mindarwati",
    "Wiwik Sudarti", "Novita Candra Dewi", "Mutmainah Sholihah", "Nanik Purwaningsih",
    "Yosi Marlinda Putri", "Ratna Delima Sari", "Erni Yusmita", "Nurmalis Rahayu", "Sartikawati",
    "Siti Nuraini Safitri", "Puji Astutik", "Marsiyah", "Hesti Wulandari", "Suharti Ningsih",
    "Sri Lestari Rahmadani", "Tuti Alawiyah", "Yekti Utami",
})  # fmt: skip
