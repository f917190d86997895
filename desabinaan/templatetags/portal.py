"""The portal's template tags: one per component of docs/interface.md; built into every template."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from lucide.templatetags.lucide import lucide

from desabinaan import formats

register = template.Library()

register.filter("tanggal", formats.long_date)
register.filter("waktu", formats.moment)
register.filter("sejak", formats.age)
register.filter("hari", formats.weekday)
register.filter("angka", formats.number)
register.filter("berkelompok", formats.grouped)
register.filter("bernip", formats.nip)
register.filter("ukuran", formats.file_size)


@register.filter
def bernomor(number: str) -> SafeString:
    """The number of a letter; where it is too long for a line, it breaks after a slash."""
    # Before a year no browser breaks by itself, and then anywhere: ".../II/202" "6".
    return format_html_join(SafeString("/<wbr>"), "{}", ((part,) for part in number.split("/")))


TONE_ICONS = {
    "neutral": "circle-dashed",
    "progress": "clock",
    "attention": "triangle-alert",
    "success": "circle-check",
    "danger": "circle-x",
    "gold": "badge-check",
}
# What a status says by its colour and icon; its word always stands beside it.
STATUS_TONES = {
    "draft": "neutral",
    "submitted": "progress",
    "returned": "attention",
    "rejected": "danger",
    "approved": "gold",
    "revoked": "danger",
    "ended": "neutral",
    "withdrawn": "neutral",
    "struck": "neutral",
    "pending": "progress",
    "confirmed": "success",
    "declined": "danger",
    "ordered": "progress",
    "ready": "gold",
    "checked": "progress",
    "recorded": "success",
    "matched": "success",
    "new": "progress",
    "doubtful": "attention",
    "refused": "danger",
    "previewed": "progress",
    "applied": "success",
    "abandoned": "neutral",
    "planned": "neutral",
    "running": "progress",
    "finished": "success",
    "reported": "success",
    "cancelled": "danger",
}
STATUS_ICONS = {
    "draft": "pencil",
    "returned": "undo-2",
    "revoked": "ban",
    "ended": "archive",
    "withdrawn": "archive",
    "struck": "x",
    "planned": "calendar",
    "reported": "file-check",
    "cancelled": "ban",
}
MESSAGE_TONES = {"warning": "attention", "error": "danger", "success": "success"}
VERDICTS = {
    "valid": ("SAH", "success", "shield-check"),
    "ended": ("SAH, SUDAH BERAKHIR", "progress", "shield-minus"),
    "revoked": ("DICABUT", "danger", "shield-x"),
    "replacing": ("DICABUT", "neutral", "shield-x"),
    "replaced": ("DIGANTI", "neutral", "shield-x"),
    "unknown": ("TIDAK DIKENAL", "attention", "shield-question-mark"),
    "mistyped": ("KODE BELUM BENAR", "neutral", "pencil"),
    "foreign": ("BUKAN KODE PORTAL", "attention", "shield-question-mark"),
}


def _trimmed(content: str) -> str:
    """Without the white space of the template around it; as safe as it was."""
    return SafeString(content.strip()) if isinstance(content, SafeString) else content.strip()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: int = 20) -> SafeString:
    """A lucide icon beside words that say the same, so hidden from screen readers."""
    svg = lucide(name, size=size, **{"class": "icon", "aria-hidden": "true"})
    return SafeString(" ".join(svg.split()))


@register.simple_tag
@cache
def address(name: str) -> str:
    """The address of a page of which there is one: it stays as long as the portal runs."""
    return reverse(name)


@register.simple_tag
@cache
def asset(path: str) -> str:
    """The address of a static file, by its content: it too stays as long as the portal runs."""
    return static(path)


@register.simple_tag
def portal_host() -> str:
    """What people type to come here: the portal's own address, whatever Host was asked for."""
    return str(settings.PORTAL_URL).rstrip("/").partition("://")[2]


@register.filter
def message_tone(level: str) -> str:
    """The tone of a message of Django's, by its level."""
    return MESSAGE_TONES.get(level, "progress")


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """The icon with which a notice speaks; news is no waiting clock."""
    return icon("info" if tone == "progress" else TONE_ICONS[tone])


@register.simple_block_tag
def badge(content: str, tone: str) -> SafeString:
    """A word with colour and icon, by tone or by the value of a status."""
    tone, status = STATUS_TONES.get(tone, tone), tone
    tone = tone if tone in TONE_ICONS else "neutral"
    sign = icon(STATUS_ICONS.get(status, TONE_ICONS[tone]), 16)
    return format_html('<span class="badge tone-{}">{}{}</span>', tone, sign, _trimmed(content))


@register.simple_tag
def status(record: Any) -> SafeString:
    """The badge of a record that has a status."""
    return badge(record.get_status_display(), record.status)


@register.simple_block_tag
def callout(content: str, tone: str = "progress") -> SafeString:
    """A short notice inside the page."""
    return format_html(
        '<div class="callout tone-{}">{}<div>{}</div></div>', tone, tone_icon(tone), content
    )


@register.simple_block_tag
def panel(content: str, title: str, tone: str = "progress") -> SafeString:
    """The next step: a title, a sentence, one primary button."""
    anchor = slugify(title)
    return format_html(
        '<section class="panel tone-{}" aria-labelledby="{}"><h2 id="{}">{}</h2>{}</section>',
        tone,
        anchor,
        anchor,
        title,
        content,
    )


@register.simple_block_tag
def card(content: str, title: str) -> SafeString:
    """A sheet of paper with a heading, for facts, files and forms."""
    anchor = slugify(title)
    return format_html(
        '<section class="card" aria-labelledby="{}"><h2 id="{}">{}</h2>{}</section>',
        anchor,
        anchor,
        title,
        content,
    )


@register.simple_block_tag
def verdict(content: str, outcome: str) -> SafeString:
    """The answer of the verification page, and its first heading."""
    word, tone, sign = VERDICTS[outcome]
    return format_html(
        '<section class="verdict verdict-{}"><h1>{}{}</h1>{}</section>',
        tone,
        icon(sign, 52),
        word,
        content,
    )


@register.simple_block_tag
def summary(content: str) -> SafeString:
    """A list of facts, made of rows."""
    return format_html('<dl class="summary">{}</dl>', content)


@register.simple_block_tag
def row(content: str, label: str, change: str = "") -> SafeString:
    """One fact; with `change`, the address of the page on which it is mended."""
    told = _trimmed(content) or formats.NOTHING
    if not change:  # the many
        return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, told)
    link = '<dd class="summary-change"><a href="{}" aria-label="Ubah: {}">Ubah</a></dd>'
    return format_html(f"<div><dt>{{}}</dt><dd>{{}}</dd>{link}</div>", label, told, change, label)


@register.simple_block_tag
def tasks(content: str) -> SafeString:
    """The parts of a long input, made of tasks."""
    return format_html('<ul class="tasks">{}</ul>', content)


@register.simple_block_tag
def task(  # noqa: PLR0913 - how a part may stand
    content: str,
    title: str,
    url: str = "",
    *,
    done: bool = False,
    doubted: bool = False,
    optional: bool = False,
) -> SafeString:
    """One part: its page, what it is about, and whether it is complete, doubted or not needed."""
    name = format_html('<a href="{}">{}</a>', url, title) if url else title
    lacking = "Tidak wajib" if optional else "Belum"
    state = badge("Lengkap", "success") if done else badge(lacking, "neutral")
    state = badge("Periksa lagi", "attention") if doubted else state
    return format_html(
        '<li class="task"><div><p class="task-name">{}</p><p class="muted">{}</p></div>{}</li>',
        name,
        _trimmed(content),
        state,
    )


@register.simple_block_tag
def empty(content: str, title: str, sign: str = "inbox") -> SafeString:
    """What an empty list says: that it is empty, and what to do."""
    return format_html(
        '<div class="empty">{}<p class="empty-title">{}</p><div>{}</div></div>',
        icon(sign, 40),
        title,
        content,
    )


@register.simple_block_tag
def choice(  # noqa: PLR0913 - what an input has
    content: str,
    name: str,
    value: str,
    checked: bool = False,
    kind: str = "radio",
    *,
    disabled: bool = False,
) -> SafeString:
    """A radio button or check box as a card with as much text as it needs."""
    return format_html(
        '<label class="choice"><input type="{}" name="{}" value="{}"{}{}><span>{}</span></label>',
        kind,
        name,
        value,
        SafeString(" checked" if checked else ""),
        SafeString(" disabled" if disabled else ""),
        _trimmed(content),
    )


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """The choices of a select, all at once: two hundred offices one by one cost a whole page."""
    marks = {True: SafeString(" selected"), False: SafeString("")}
    rows = ((value, marks[value == chosen], label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_block_tag
def files(content: str) -> SafeString:
    """A list of files."""
    return format_html('<ul class="files">{}</ul>', content)


@register.simple_block_tag
def file(content: str, name: str, url: str) -> SafeString:
    """One file: its name, its address, and kind and size as content."""
    return format_html(
        '<li>{}<a href="{}">{}</a><span class="muted small">{}</span></li>',
        icon("file-text"),
        url,
        name,
        _trimmed(content),
    )


@register.simple_block_tag
def dialog(content: str, anchor: str, title: str) -> SafeString:
    """A native dialog; the link with `data-dialog` that opens it also leads to a page."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-judul"><form method="dialog">'
        '<button class="button-icon" aria-label="Tutup">{1}</button></form>'
        '<h2 id="{0}-judul">{2}</h2>{3}</dialog>',
        anchor,
        icon("x"),
        title,
        content,
    )


@register.simple_tag
def breadcrumbs(*steps: str) -> SafeString:
    """The way here, as pairs of label and address; the page itself is not named."""
    pairs = zip(steps[::2], steps[1::2], strict=True)
    items = format_html_join("", '<li><a href="{1}">{0}</a></li>', pairs)
    return format_html(
        '<nav class="breadcrumbs" aria-label="Jejak halaman"><ol>{}</ol></nav>', items
    )


@register.simple_block_tag(takes_context=True)
def nav_link(
    context: template.Context, content: str, name: str, also: str = "", but: str = ""
) -> SafeString:
    """A link of the main navigation that knows when its page, or one below it, is shown.

    `also` names parts of addresses that belong here though they lie elsewhere, `but` the opposite.
    """
    url, path = address(name), context["request"].path
    here = path == url or (url != "/" and path.startswith(url))
    here = here or any(part in path for part in also.split())
    here = here and not any(part in path for part in but.split())
    current = SafeString(' aria-current="page"' if here else "")
    return format_html('<a href="{}"{}>{}</a>', url, current, _trimmed(content))


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString:
    """All errors of a form on top, in the order of its fields, each a link; takes the focus."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    fields = [form[name] for name in form.fields if name in form.errors]
    context = {"general": form.non_field_errors(), "fields": fields}
    return SafeString(render_to_string("components/error_summary.html", context))


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[Any]) -> dict[str, Any]:
    """Where in a long list we are, and the way on; keeps the filters in the address."""
    return {"page": page}


@register.inclusion_tag("components/share.html")
def share(title: str, text: str) -> dict[str, str]:
    """A ready text for WhatsApp: selected and copied by hand, or opened there with one press."""
    url = f"https://wa.me/?text={quote(text, safe='')}"
    return {"title": title, "text": text, "anchor": slugify(title), "whatsapp_url": url}


HISTORY_SHOWN = 10  # a screen of a phone or two


@register.inclusion_tag("components/history.html")
def history(entries: Iterable[Any], place: object = None) -> dict[str, Any]:
    """What happened, latest first, in the time of the office; all but the latest behind a press."""
    told = list(entries)
    cut = HISTORY_SHOWN if len(told) > HISTORY_SHOWN + 2 else len(told)  # no press for one or two
    return {"latest": told[:cut], "earlier": told[cut:], "place": place}
