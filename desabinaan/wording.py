"""What a form says where a field is empty or wrong, in place of Django's own sentences."""

from __future__ import annotations

from django import forms

DAY = "Tulis tanggal yang ada, misalnya 31-12-2026."
CLOCK = "Tulis jam yang ada, misalnya 09.00."
WHOLE_NUMBER = "Tulis bilangan bulat, misalnya 1.200."
CHOICE = "Pilih salah satu yang ditawarkan."
FILE_GONE = "Berkas tidak sampai. Pilih lagi berkasnya."
LIMITS = {
    "max_length": "Paling banyak %(limit_value)d huruf; sekarang %(show_value)d.",
    "min_length": "Paling sedikit %(limit_value)d huruf; sekarang %(show_value)d.",
    "min_value": "Paling kecil %(limit_value)s.",
    "max_value": "Paling besar %(limit_value)s.",
    "null_characters_not_allowed": "Ada tanda yang tidak dapat disimpan. Ketik ulang isian ini.",
}
# By the kind of field, the nearest ancestor first.
SENTENCES: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.DateField, {"invalid": DAY}),
    (forms.TimeField, {"invalid": CLOCK}),
    (forms.DecimalField, {"invalid": "Tulis angka, misalnya 12,5."}),
    (forms.IntegerField, {"invalid": WHOLE_NUMBER}),
    (forms.JSONField, {"invalid": "Peramban tidak mengirim kunci sandi. Coba sekali lagi."}),
    (forms.EmailField, {"invalid": "Tulis alamat surel lengkap, misalnya nama@contoh.go.id."}),
    (
        forms.FileField,
        {
            "invalid": FILE_GONE,
            "missing": FILE_GONE,
            "empty": "Berkas ini kosong. Pilih berkas yang berisi.",
            "max_length": "Nama berkas terlalu panjang. Ganti namanya, lalu pilih lagi.",
        },
    ),
    (forms.MultipleChoiceField, {"invalid_choice": CHOICE, "invalid_list": CHOICE}),
    (forms.ModelMultipleChoiceField, {"invalid_choice": CHOICE, "invalid_list": CHOICE}),
    (forms.ChoiceField, {"invalid_choice": CHOICE}),
]


def settle(field: forms.Field, label: str) -> None:
    """Let the field say in our words what nobody worded for it."""
    by_kind = next((words for kind, words in SENTENCES if isinstance(field, kind)), {})
    ours = {"required": _needed(field, label), **LIMITS, **by_kind}
    usual = _usual(type(field))
    for code, sentence in ours.items():
        said = field.error_messages.get(code)
        if said is None or said == usual.get(code):
            field.error_messages[code] = sentence


def _needed(field: forms.Field, label: str) -> str:
    name = label if label[1:2].isupper() else label[:1].lower() + label[1:]
    if isinstance(field, forms.BooleanField):
        return f"Centang “{label}”."
    if isinstance(field, forms.ChoiceField | forms.FileField):
        return f"Pilih {name}."
    if isinstance(field, forms.DateField) and not label.startswith(("Tanggal", "Hari")):
        return f"Isi tanggal untuk “{label}”."
    return f"Isi {name}."


def _usual(kind: type[forms.Field]) -> dict[str, object]:
    """What Django says for this kind of field."""
    said: dict[str, object] = {}
    for ancestor in reversed(kind.__mro__):
        if ancestor.__module__.startswith("django."):
            said |= getattr(ancestor, "default_error_messages", {})
    return said
