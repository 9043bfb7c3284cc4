"""The draft of a request: what is asked about a recovered item, and what the party may expect. A person reads and sends
it.

It tells a party only of the steps in which it stands itself: what others did stays in the case. Private individuals are
    not named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from narrows.casefile.photograph import Photograph
from narrows.trace.deliveries import amount_of
from narrows.trace.read import NO_INFERENCE, Custody
from narrows.trace.requests import DAYS

NOTICE = "Draft. Nothing has been sent. A named person reads it, changes it and decides."
_SILENCE = "Whether and how you answer is yours to decide. No answer is not taken as a sign of anything."
_NO_REPROACH = f"That goods passed through your hands is no reproach: {NO_INFERENCE} is drawn from it."
_INFERRED = "A person who works on this case has drawn a conclusion on your part in it; your reply to it is asked for."
_EXPECT = (
    f"Right of reply: before anything about you is released, you receive the text that concerns you, and {DAYS} days "
    "to reply; your reply goes with it or changes it.",
    "Say which parts of your answer are confidential: they are kept so. Private individuals are not named in anything "
    "that leaves this case; please write of them as private individuals too.",
    _SILENCE,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph of the item: its name, its bytes as received, and what they are."""

    name: str
    content: bytes
    kind: Photograph


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs, and facts as pairs of label and text."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A request, ready to be written as text, HTML or DOCX."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...]


def draft(
    custody: Custody, *, request: str, party: int, wants: str, today: date, pictures: tuple[Picture, ...]
) -> Draft:
    """Return the draft of a request to a party about an item.

    Args:
        custody: what was traced of the item.
        request: the number of the request.
        party: the entity asked.
        wants: what is asked for.
        today: the day of the draft.
        pictures: the photographs of the item on file.
    """
    item = custody.item
    due = today + timedelta(days=DAYS)
    inferred = custody.parties[party].inference != NO_INFERENCE
    facts = (
        ("To", custody.parties[party].name),
        ("Request", request),
        ("Drafted on", f"{today}"),
        ("Answer hoped for", f"within {DAYS} days of sending; if it is sent today, by {due}"),
    )
    sections = (
        Section("The item", (), _item(item, custody)),
        Section("What is asked", (
            f"Please send us {_to_you(wants)}.",
            "Of help are copies of the papers themselves, with their dates, quantities and lot or serial numbers, and "
            "the name of a person whom we may ask. That nothing is on record is an answer too.",
        )),
        Section("What our records show of your part", _known(custody, party)),
        Section("What you may expect", (_INFERRED if inferred else _NO_REPROACH, *_EXPECT)),
    )  # fmt: skip
    return Draft(f"Request about a recovered item ({request})", facts, sections, pictures)


def _to_you(wants: str) -> str:
    """What is asked for, said to the party itself."""
    return wants.replace("its ", "your ", 1).replace("it gave", "you gave").replace("it received", "you received")


def _item(item: Mapping[str, Any], custody: Custody) -> tuple[tuple[str, str], ...]:
    found = ", ".join(str(item[name]) for name in ("date", "place", "country") if item[name] is not None)
    quantity = None if item["quantity"] is None else amount_of(item["quantity"], item["measure"])
    maker = None if item["maker"] is None else custody.name(item["maker"])
    told = (
        ("Item", item["item"]), ("Goods", item["description"]), ("Markings", item["marking"]), ("Lot", item["lot"]),
        ("Serial number", item["serial"]), ("Quantity", quantity), ("Maker", maker), ("Found", found),
        ("Recorded in", custody.places[item["record"]]),
    )  # fmt: skip
    return tuple((label, str(text)) for label, text in told if text)


def _known(custody: Custody, party: int) -> tuple[str, ...]:
    told = []
    for link in custody.links_of():
        if party not in (link["giver"], link["taker"]) or link["kind"] in ("gap", "found"):
            continue
        other = link["taker"] if link["giver"] == party else link["giver"]
        way = f"from you to {custody.name(other)}" if link["giver"] == party else f"from {custody.name(other)} to you"
        day = "on a day that is not on record" if link["date"] is None else f"on {link['date']}"
        much = "" if link["quantity"] is None else f"{amount_of(link['quantity'], link['measure'])} "
        papers = "; ".join(
            f"{paper} ({custody.places[record]})"
            for paper, record in zip(link["documents"], link["records"], strict=True)
        )
        told.append(f"{much}{way} {day}: {link['state']}. It rests on: {papers}.")
    return tuple(told) or (
        "No record of ours shows the goods in your hands; you are asked because you may know of them.",
    )
