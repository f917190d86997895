"""Presentations and documents as office programs write them, and as others would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = {
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
    "docx": ("word/document.xml", "wordprocessingml.document"),
}


def relation(kind: str, target: str, *, outside: bool = True) -> str:
    """A part's relations with one of this kind."""
    mode = ' TargetMode="External"' if outside else ""
    its = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{RELATIONS}">{its}</Relationships>'


def hyperlink(target: str) -> str:
    """Relations with a link that somebody may press."""
    return relation(f"{OFFICE}/hyperlink", target)


def package(
    kind: str = "pptx", parts: Mapping[str, str | bytes] | None = None, types: str = ""
) -> bytes:
    """A small file of this kind with these parts more, or other ones."""
    main, name = MAIN[kind]
    declared = f"application/vnd.openxmlformats-officedocument.{name}.main+xml"
    its: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{declared}"/>{types}</Types>'
        ),
        "_rels/.rels": relation(f"{OFFICE}/officeDocument", main, outside=False),
        main: "<root>Berangkat aman, link resmi, DDE dan database.</root>",
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in its.items():
            file.writestr(path, content)
    return out.getvalue()
