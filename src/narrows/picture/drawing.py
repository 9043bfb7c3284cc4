"""A finished picture, to be put into a page, a file or a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from xml.sax.saxutils import escape

from narrows.picture.layout.lettering import visible
from narrows.picture.svg import element, text

# Below this width a picture keeps its size on a narrow screen and is scrolled; see picture.css.
WIDE = 720


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture.

    Attributes:
        title: its name, read out first by a screen reader.
        description: what is to be seen, in sentences.
        width, height: in pixels.
        body: the elements of the picture.
        left_out: what is not drawn, or drawn together, in sentences.
    """

    title: str
    description: str
    width: float
    height: float
    body: str
    left_out: tuple[str, ...] = ()

    @property
    def svg(self) -> str:
        """The picture for a page that has `style()` in its style sheet."""
        return self._written("")

    @property
    def standalone(self) -> str:
        """The picture with its style, for a file or a notebook."""
        return self._written(element("style", style()))

    def _repr_svg_(self) -> str:
        return self.standalone

    def _written(self, own_style: str) -> str:
        told = " ".join(words for words in (self.description, *self.left_out) if words)
        return element(
            "svg",
            element("title", escape(visible(self.title))),
            element("desc", escape(visible(told))) if told else "",
            own_style,
            element("rect", class_="np-paper", width=self.width, height=self.height),
            self.body,
            xmlns="http://www.w3.org/2000/svg",
            class_="np" if self.width >= WIDE else "np np-slim",
            role="img",
            width=self.width,
            height=self.height,
            viewBox=f"0 0 {self.width:g} {self.height:g}",
        )


@cache
def style() -> str:
    """Return the style of all pictures, for the style sheet of a page; its rules touch nothing but pictures."""
    return resources.files("narrows.picture").joinpath("picture.css").read_text(encoding="utf-8")


def nothing(title: str, description: str, width: float, words: str) -> Drawing:
    """Return a picture that says in words why there is nothing to see."""
    return Drawing(title, description, width, 40, text(words, 8, 25, "np-quiet"))
