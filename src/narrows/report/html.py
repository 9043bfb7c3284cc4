"""The report as one self-contained HTML page: no script, nothing fetched, values set apart from text."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from narrows import picture
from narrows.report.model import Report
from narrows.report.texts import COMPARED, count, money, plural, size

# Longer cells are cut; the file itself has the whole.
CELL_SHOWN = 400
# Between the parts of file[sheet]:row.
_JOINT = re.compile(r"(\[|\]:\d+$|\]$|:\d+$)")
# What would be invisible, or would turn the text around it: controls, marks that force a writing direction.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def render(report: Report) -> str:
    """Return the report as an HTML page. The same report gives the same text."""
    own_style = resources.files("narrows.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    style = own_style + picture.style()
    own = Markup(style)  # noqa: S704 - a file of ours
    template = _environment().get_template("report.html.j2")
    return template.render(report=report, style=own, style_hash=_hash(style), compared=COMPARED)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("narrows.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        data=data,
        sentence=sentence,
        count=count,
        plural=plural,
        size=size,
        share=share,
        place=place,
    )
    environment.globals["money"] = money
    return environment


def _hash(style: str) -> str:
    """Return the form in which a content security policy names a style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def data(value: object, limit: int = CELL_SHOWN) -> Markup:
    """Return a value from a record: in its own direction of writing, nothing in it hidden, cut where long."""
    text = str(value).replace("\r\n", "\n")
    more = len(text) - limit
    shown = Markup("<bdi>{}</bdi>").format(_visible(text[:limit] if more > 0 else text))
    if more <= 0:
        return shown
    cut = Markup(' <span class="cut">… {}, in the file itself</span>')
    return shown + cut.format(plural(more, "more character"))


def place(text: str) -> Markup:
    """Return a place in a file, file:row, which reads from file to row whatever the script of its names."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(
        Markup("").join(data(p, len(p)) if i % 2 == 0 and p else p for i, p in enumerate(_JOINT.split(text)))
    )


def sentence(text: str, names: tuple[str, ...] = ()) -> Markup:
    """Return a sentence of ours, in which each of `names` keeps its own direction of writing."""
    found = sorted((n for n in names if n), key=lambda n: (-len(n), n))
    if not found:
        return _visible(text)
    pieces = re.split("(" + "|".join(map(re.escape, found)) + ")", text)
    return Markup("").join(data(p, len(p)) if i % 2 else _visible(p) for i, p in enumerate(pieces))


def _visible(text: str) -> Markup:
    """Escape a text and spell out what in it would be invisible or would turn the text around it."""
    escaped = str(escape(text.replace("\r\n", "\n")))
    return Markup(_HIDDEN.sub(lambda m: f'<span class="hidden-mark">U+{ord(m[0]):04X}</span>', escaped))  # noqa: S704


def share(part: int, whole: int) -> str:
    """Return a share of 100 units, for the width of a bar; what is there at all shows."""
    if whole <= 0 or part <= 0:
        return "0"
    return f"{max(1.0, 100 * part / whole):.1f}"
