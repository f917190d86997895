"""Files as an attacker, or a careless scanner, would send them; and the honest ones beside them."""

import io
import struct
import zipfile
import zlib
from typing import Any

import pikepdf
from PIL import Image

from tests.factories import small_pdf


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, kind, **options)
    return out.getvalue()


def pdf_with(change: Any) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf())) as document:
        change(document)
        document.save(out)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="rahasia", user="rahasia"))
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A picture bomb: a few bytes that would fill the memory when decoded."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(64))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")
    )


def with_hidden_script(document: pikepdf.Pdf) -> None:
    action = document.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    )
    document.pages[0].AA = pikepdf.Dictionary(O=action)


def with_program(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("a.exe"))


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["lampiran.txt"] = b"halo"


def action(kind: str, **details: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"), **details)


def opens_with(kind: str, **details: Any) -> bytes:
    return pdf_with(lambda document: setattr(document.Root, "OpenAction", action(kind, **details)))


def with_link(document: pikepdf.Pdf) -> None:
    """An ordinary link, as a typed letter has it."""
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=action("URI", URI=pikepdf.String("https://imigrasi.go.id/")),
    )
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(link)])
    document.Root.OpenAction = pikepdf.Array([document.pages[0].obj, pikepdf.Name.Fit])


def link_to(address: str) -> bytes:
    """A PDF of which a link leads there, once it is pressed."""

    def change(document: pikepdf.Pdf) -> None:
        with_link(document)
        document.pages[0].Annots[0].A.URI = pikepdf.String(address)

    return pdf_with(change)


def with_base_address(document: pikepdf.Pdf) -> None:
    document.Root.URI = pikepdf.Dictionary(Base=pikepdf.String("file:///"))


def with_model(document: pikepdf.Pdf) -> None:
    """A drawing in space, whose script would run as soon as it is shown."""
    model = pikepdf.Stream(document, b"U3D")
    model.OnInstantiate = pikepdf.Stream(document, b"app.alert(1)")
    document.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                {"/Subtype": pikepdf.Name("/3D"), "/3DD": model, "/Rect": [0, 0, 9, 9]}
            )
        ]
    )


def with_attachment_annotation(document: pikepdf.Pdf) -> None:
    document.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9])]
    )


def with_text_from_elsewhere(document: pikepdf.Pdf) -> None:
    text = pikepdf.Stream(document, b"")
    text["/F"] = pikepdf.String("http://jahat.example/isi")
    document.pages[0].Contents = document.make_indirect(text)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = [b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"]
SCRIPT = b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>"


def written_pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF by hand, for what no library would write."""
    out, rows = b"%PDF-1.5\n", b"0000000000 65535 f \n"
    for number, written in enumerate(objects or [CATALOG, *PAGES], 1):
        rows += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    size = rows.count(b"\n")
    table = b"xref\n0 %d\n%btrailer\n<</Size %d %b>>\n" % (size, rows, size, trailer)
    return out + table + b"startxref\n%d\n%%%%EOF\n" % len(out)


def signed_pdf() -> bytes:
    """A PDF that was signed after it was made: a second revision behind the first."""
    first = written_pdf()
    out = first + b"4 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/Contents<00>>>\nendobj\n"
    row = b"xref\n4 1\n%010d 00000 n \n" % len(first)
    trailer = b"trailer\n<</Size 5/Root 1 0 R/Prev %d>>\n" % first.index(b"xref\n0")
    return out + row + trailer + b"startxref\n%d\n%%%%EOF\r\n\0" % len(out)


def bomb_pdf(unfolded: int, times: int = 1) -> bytes:
    """A small PDF whose object stream unfolds to very many bytes."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"4 0 <</A 1>>")
    for _ in range(unfolded // 2**20):
        packed += packer.compress(b" " * 2**20)
    packed += packer.flush()
    for _ in range(times - 1):
        packed = zlib.compress(packed, 9)
    objects = [CATALOG.replace(b">>", b"/X 4 0 R>>"), *PAGES]
    out, rows = b"%PDF-1.5\n", [(0, 0, 65535)]
    for number, written in enumerate(objects, 1):
        rows.append((1, len(out), 0))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, written)
    rows += [(2, 5, 0), (1, len(out), 0)]
    head = b"/Type/ObjStm/N 1/First 4/Filter[%b]" % (b"/FlateDecode" * times)
    out += b"5 0 obj\n<<%b/Length %d>>\nstream\n%b" % (head, len(packed), packed)
    out += b"\nendstream\nendobj\n"
    rows.append((1, len(out), 0))
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    head = b"/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d" % len(table)
    start = b"startxref\n%d\n%%%%EOF" % len(out)
    return out + b"6 0 obj\n<<%b>>\nstream\n%b\nendstream\nendobj\n" % (head, table) + start


def tangled_pdf() -> bytes:
    """A page of two kilobytes that draws ten million times what it says once."""
    document = pikepdf.new()
    document.add_blank_page()
    drawn: dict[str, Any] = {"Resources": pikepdf.Dictionary()}
    content = b"0 0 500 500 re f " * 100
    for _ in range(8):
        form = document.make_stream(
            content,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 600, 800],
            **drawn,
        )
        drawn = {"Resources": pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))}
        content = b"/F Do " * 10
    page = document.pages[0]
    page.Resources, page.Contents = drawn["Resources"], document.make_stream(b"/F Do")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zip_file(comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("jahat.js", "alert(1)")
        archive.comment = comment
    return out.getvalue()


PAGE = b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
