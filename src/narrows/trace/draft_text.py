"""The draft of a request as plain text and as one HTML file that needs nothing else."""

from __future__ import annotations

import textwrap
from base64 import b64encode
from html import escape

from narrows.casefile.photograph import MIME
from narrows.trace.draft import NOTICE, Draft, Section

_WIDTH = 88
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
.notice{border:1px solid #8a6d00;background:#fff8dc;padding:.5rem .8rem}
table{border-collapse:collapse}th{text-align:left;font-weight:600;padding:.15rem 1rem .15rem 0;vertical-align:top}
td{padding:.15rem 0;overflow-wrap:anywhere}img{max-width:100%;height:auto}figure{margin:.8rem 0}
@media print{body{margin:0}}
"""


def as_text(draft: Draft) -> str:
    """Return the draft as plain text; photographs are named."""
    lines = [NOTICE, "", draft.title, "=" * len(draft.title), "", *_pairs(draft.facts)]
    for section in draft.sections:
        lines += ["", section.heading, "-" * len(section.heading), *_pairs(section.facts)]
        for paragraph in section.paragraphs:
            lines += [*textwrap.wrap(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False), ""]
        if not section.paragraphs:
            lines.append("")
        lines.pop()
    if draft.pictures:
        lines += ["", f"Photographs: {', '.join(picture.name for picture in draft.pictures)}"]
    return "\n".join(lines) + "\n"


def as_html(draft: Draft) -> str:
    """Return the draft as an HTML file, photographs inside."""
    pictures = "".join(
        f'<figure><img alt="Photograph of the item: {escape(picture.name)}" '
        f'src="data:{MIME[picture.kind.kind]};base64,{b64encode(picture.content).decode()}">'
        f"<figcaption>{escape(picture.name)}</figcaption></figure>"
        for picture in draft.pictures
    )
    sections = "".join(_section(section) for section in draft.sections)
    more = f"<h2>Photographs</h2>{pictures}" if pictures else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(draft.title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f'<p class="notice">{escape(NOTICE)}</p><h1>{escape(draft.title)}</h1>{_table(draft.facts)}{sections}{more}'
        "</main></body></html>\n"
    )


def _pairs(facts: tuple[tuple[str, str], ...]) -> list[str]:
    width = max((len(label) for label, _ in facts), default=0) + 2
    return [f"{label + ':':<{width}} {text}" for label, text in facts]


def _section(section: Section) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in section.paragraphs)
    return f"<h2>{escape(section.heading)}</h2>{_table(section.facts)}{paragraphs}"


def _table(facts: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>' for label, text in facts)
    return f"<table><tbody>{rows}</tbody></table>" if rows else ""
