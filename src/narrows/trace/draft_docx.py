"""The draft of a request as a DOCX file: the few parts of Office Open XML (ECMA-376) that a letter needs.

Written here and not by a library, so that the same draft gives the same bytes and no compiled XML parser is needed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from narrows.trace.draft import NOTICE, Draft, Picture

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
# Text width of an A4 page with margins of 2.5 cm, in English Metric Units (36,000 a millimetre).
_WIDTH = 160 * 36_000
_TALLEST = 180 * 36_000
# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SUFFIX = {"JPEG": "jpeg", "PNG": "png"}


def as_docx(draft: Draft) -> bytes:
    """Return the draft as a DOCX file; photographs in JPEG and PNG are inside, those in WebP are named."""
    inside = tuple(picture for picture in draft.pictures if picture.kind.kind in _SUFFIX)
    media = [(f"media/image{n}.{_SUFFIX[p.kind.kind]}", p) for n, p in enumerate(inside, start=1)]
    parts: dict[str, bytes] = {
        "[Content_Types].xml": _types().encode(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]).encode(),
        "word/document.xml": _document(draft, inside).encode(),
        "word/styles.xml": _styles().encode(),
        "word/_rels/document.xml.rels": _relations(
            [("styles", "styles.xml"), *(("image", name) for name, _ in media)]
        ).encode(),
        **{f"word/{name}": picture.content for name, picture in media},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, content)
    return packed.getvalue()


def _types() -> str:
    kinds = (("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"),
             ("jpeg", "image/jpeg"), ("png", "image/png"))  # fmt: skip
    defaults = "".join(f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in kinds)
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{defaults}'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/></Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _styles() -> str:
    def style(name: str, title: str, size: int, before: int, *, bold: bool) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/><w:basedOn w:val="Normal"/>'
            f'<w:pPr><w:keepNext/><w:spacing w:before="{before}" w:after="120"/></w:pPr>'
            f'<w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
        )

    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="en-GB"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{style('Title', 'Title', 34, 0, bold=True)}{style('Heading1', 'heading 1', 26, 240, bold=True)}</w:styles>"
    )


def _document(draft: Draft, inside: tuple[Picture, ...]) -> str:
    body = [_paragraph(NOTICE, bold=True), _paragraph(draft.title, style="Title"), _table(draft.facts)]
    for section in draft.sections:
        body += [_paragraph(section.heading, style="Heading1"), _table(section.facts)]
        body += [_paragraph(text) for text in section.paragraphs]
    if draft.pictures:
        body.append(_paragraph("Photographs", style="Heading1"))
    for number, picture in enumerate(inside, start=1):
        body += [_image(number, picture), _paragraph(picture.name)]
    body += [_paragraph(f"{p.name}: kept in the case as WebP") for p in draft.pictures if p not in inside]
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" '
    page += 'w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
    return (
        f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
        f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"><w:body>{"".join(body)}{page}</w:body></w:document>'
    )


def _paragraph(text: str, *, style: str = "", bold: bool = False) -> str:
    chosen = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{chosen}{_run(text, bold=bold)}</w:p>"


def _run(text: str, *, bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{weight}<w:t xml:space="preserve">{escape(_FORBIDDEN.sub("", text))}</w:t></w:r>'


def _table(facts: tuple[tuple[str, str], ...]) -> str:
    if not facts:
        return ""
    rows = "".join(f"<w:tr>{''.join(_cells(label, text))}</w:tr>" for label, text in facts)
    grid = '<w:tblGrid><w:gridCol w:w="2400"/><w:gridCol w:w="6670"/></w:tblGrid>'
    width = '<w:tblPr><w:tblW w:w="9070" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
    # A paragraph after a table keeps two tables from running into one.
    return f"<w:tbl>{width}{grid}{rows}</w:tbl><w:p/>"


def _cells(label: str, text: str) -> Iterator[str]:
    for width, content, bold in ((2400, label, True), (6670, text, False)):
        yield f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p>{_run(content, bold=bold)}</w:p></w:tc>'


def _image(number: int, picture: Picture) -> str:
    """One picture in a paragraph of its own, no wider and no taller than the page; relation 1 is the styles."""
    scale = min(_WIDTH / picture.kind.width, _TALLEST / picture.kind.height, 9525.0)
    wide, high = max(1, round(picture.kind.width * scale)), max(1, round(picture.kind.height * scale))
    name = quoteattr(_FORBIDDEN.sub("", f"Photograph of the item: {picture.name}"))
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr={name}/><a:graphic><a:graphicData '
        f'uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{number + 1}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
