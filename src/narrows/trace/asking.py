"""Drafts a request about a recovered item: chooses whom to ask what, takes photographs along, writes the file."""

from __future__ import annotations

from pathlib import Path

from narrows.casefile.photograph import look
from narrows.casefile.sql import named
from narrows.casefile.store import Store
from narrows.errors import Corrupt, UsageError
from narrows.trace import requests
from narrows.trace.draft import Picture, draft
from narrows.trace.draft_docx import as_docx
from narrows.trace.draft_text import as_html, as_text
from narrows.trace.read import NO_INFERENCE, Custody, Party, custody
from narrows.trace.requests import Request
from narrows.trace.write import parties_of

ENDINGS = (".txt", ".html", ".docx")
_ANYTHING = "its papers on the goods of this lot or serial number: from whom, to whom, when and how many"


def draft_request(store: Store, item: str, path: Path, to: str | None) -> Request:
    """Write the draft of a request, and record it as documented; one that was drafted and not sent is written again.

    Args:
        store: the open case, traced.
        item: the number of the recovered item.
        path: .txt, .html or .docx.
        to: the party asked, as in judgements; None takes what would settle most.

    Raises:
        NotFound: there is no such item or party.
        UsageError: the ending is not one of these; nobody can be asked; or the party is a private individual.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(f"{path.name}: a request is written as {', '.join(ENDINGS)}", hint="Name the file so.")
    known = custody(store.engine, item)
    party, wants = _first_ask(known) if to is None else _asked(store, known, to)
    request = requests.document(store, known.item["item"], known.item["record"], party.key, wants)
    known = Custody(
        known.item, known.chains, known.links, known.notes, known.asks, {**known.parties, party.entity: party},
        known.places,
    )  # fmt: skip
    made = draft(
        known,
        request=request.request,
        party=party.entity,
        wants=request.wants,
        today=store.settings.now().date(),
        pictures=_pictures(store, known),
    )
    content = as_docx(made) if path.suffix.lower() == ".docx" else None
    if content is None:
        content = (as_html(made) if path.suffix.lower() == ".html" else as_text(made)).encode()
    path.write_bytes(content)
    return request


def _first_ask(known: Custody) -> tuple[Party, str]:
    if not known.asks:
        raise UsageError(
            f"nobody on record can be asked about {known.item['item']}",
            hint="Find out who made it from its markings, and name the party with --to.",
        )
    ask = known.asks[0]
    return known.parties[ask["party"]], ask["wants"]


def _asked(store: Store, known: Custody, to: str) -> tuple[Party, str]:
    record, role = requests.party_of(store.engine, to)
    entity = store.engine.rows(named("requests", "entity"), [record, role])
    if not entity:
        raise UsageError(f"{to} names nobody in particular", hint="Choose a party with a name of its own.")
    ((number, name, private),) = parties_of(store.engine, [entity[0][0]])
    if private:
        raise UsageError(
            "requests go to firms and authorities, not to private individuals", hint="Name another party with --to."
        )
    party = known.parties.get(number, Party(number, name, private, NO_INFERENCE, to))
    wants = next((ask["wants"] for ask in known.asks if ask["party"] == number), _ANYTHING)
    return party, wants


def _pictures(store: Store, known: Custody) -> tuple[Picture, ...]:
    source = known.item["photo_source"]
    if source is None:
        return ()
    content = (store.sources / source).read_bytes()
    kind = look(content)
    if kind is None:
        raise Corrupt(
            f"the photograph {known.item['photo']} is damaged",
            hint="Run `narrows verify CASE`; restore it from a backup.",
        )
    return (Picture(str(known.item["photo"]), content, kind),)
