"""Photos to keep, and what is said of one."""

from __future__ import annotations

from django import forms

from desabinaan.editing import EditForm, Seen
from desabinaan.fields import TextField
from desabinaan.uploads import MOST_AT_ONCE, PhotosField
from events.models import Photo

CONSENT = "Orang dalam foto setuju dimuat"
PHOTOS_HINT = (
    f"Langsung dari kamera atau galeri, paling banyak {MOST_AT_ONCE} sekali kirim dan seluruhnya "
    "24 MB. Foto diperkecil, dan data lokasi di dalamnya dihapus."
)


class PhotosForm(forms.Form):
    """Several photos at once."""

    photos = PhotosField(
        label="Foto", help_text=PHOTOS_HINT, error_messages={"required": "Pilih foto."}
    )
    is_consented = forms.BooleanField(
        label=CONSENT,
        required=False,
        help_text="Berlaku untuk semua foto yang dipilih; dapat diubah per foto. "
        "Tanpa persetujuan, foto hanya dilihat oleh kantor.",
    )


class PhotoForm(EditForm):
    """What a photo shows, and whether the people in it agree."""

    caption = TextField(
        label="Keterangan",
        max_length=160,
        required=False,
        help_text="Misalnya Camat membuka kegiatan.",
    )
    is_consented = forms.BooleanField(label=CONSENT, required=False)

    @staticmethod
    def standing_of(photo: Photo) -> Seen:
        """What stands."""
        return {"caption": photo.caption, "is_consented": photo.is_consented}
