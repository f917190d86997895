"""Sixty rows as an office keeps them, and the regions in which their villages lie."""

PLACES = {"33.07.01": "Sapuran", "33.07.02": "Kertek", "33.07.03": "Selomerto"}
NAMES = [f"{first}{second}" for first in ("Suka", "Karang", "Sido", "Bumi", "Kali")
         for second in ("rejo", "mulyo", "sari", "tengah", "harjo")]  # fmt: skip
NUMBER = "W.13.IMI.IMI.7.1949-GR.03.05 Tahun 2024"
HEADERS = ["No", "Nama Desa", "Jenis", "Kec.", "Kabupaten/Kota", "No. SK", "Tgl SK", "Tentang",
           "Penandatangan", "Kepala Desa", "No HP", "PIMPASA", "Pengukuhan", "Ket"]  # fmt: skip


def edition() -> str:
    """Three kecamatan of Wonosobo with 25 villages each, and a second "Bumirejo"."""
    lines = ["code,name,level,kind", "33,Jawa Tengah,1,provinsi",
             "33.07,Kabupaten Wonosobo,2,kabupaten"]  # fmt: skip
    for district, name in PLACES.items():
        lines.append(f"{district},{name},3,kecamatan")
        lines += [
            f"{district}.{2001 + place},{village if name == 'Sapuran' else f'{village} {name[:3]}'}"
            ",4,desa"
            for place, village in enumerate(NAMES)
        ]
    lines.append("33.07.02.2900,Bumirejo,4,desa")
    return "\n".join(lines)


def row(name: str, district: str = "Sapuran", **changed: str) -> list[str]:
    its = {
        "No": "1",
        "Nama Desa": name,
        "Jenis": "Desa",
        "Kec.": district,
        "Kabupaten/Kota": "Kab. Wonosobo",
        "No. SK": NUMBER,
        "Tgl SK": "7 Maret 2024",
        "Tentang": "Penetapan Desa Binaan Imigrasi",
        "Penandatangan": "Ratna Wulandari",
        "Kepala Desa": f"Kepala {name}"[:60],
        **changed,
    }
    return [its.get(header, "") for header in HEADERS]


def dirty_table() -> list[list[str]]:
    """Sixty rows as they are kept: most can be read, ten need a person, some cannot be taken."""
    sure = [row(f"Desa {name}") for name in NAMES if name != "Bumirejo"]  # 24
    sure += [row(f"  {name.upper()}   KER", "Kec. kertek", No="x") for name in NAMES[:16]]
    sure += [row(f"{name} Sel", "Selomerto", Pengukuhan="14/05/2024") for name in NAMES[:4]]
    doubtful = [row("Bumirejo", "", **{"Kabupaten/Kota": ""})]  # two of that name
    doubtful += [row(f"{name} Sell", "Selomerto") for name in NAMES[4:9]]  # a slip of the pen
    doubtful += [row(f"{name} Sel", "Kertek") for name in NAMES[9:12]]  # another kecamatan
    doubtful += [row("Xyzzy Qwrtp", "Selomerto")]  # nothing like it
    refused = [
        row("Kecamatan Kertek", ""),
        row("Karangsari", "Sapuran"),  # again
        row("Kalirejo Sel", "Selomerto", **{"No. SK": ""}),
        row("Kalimulyo Sel", "Selomerto", **{"Tgl SK": "kemarin"}),
        row("Pakuncen", "Ayah", **{"Kabupaten/Kota": "Kabupaten Kebumen"}),
        row("Kalisari Sel", "Selomerto", **{"Tgl SK": "8 Maret 2024"}),  # one SK, two days
    ]
    return [["DATA DESA BINAAN"], [], HEADERS, *sure, *doubtful, *refused]
