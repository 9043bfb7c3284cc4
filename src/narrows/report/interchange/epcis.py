"""The words of GS1 EPCIS 2.0 and CBV 2.0 in which custody is told, and the ids that stand for firms, lots and papers.

Firms of a case have no GLN and goods no GTIN that a record vouches for. So each stands as a urn:uuid (RFC 9562, version
5) made of what it is called in the case: a firm of its id in followthemoney exports, a lot of its maker and its number
as the finders wrote it, a piece of its maker and serial number, a paper of its kind, number and file. The same case
gives the same ids. Names and countries stand in the master data of the header; lots, serial and document numbers as
written in `narrows:` fields, as an id of ours tells nobody what it stands for.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
# A name space that is nobody's domain: it names our fields, and leads nowhere.
OWN = "urn:uuid:9b6a6d61-33fe-4532-bd47-6e785ac14f5b#"
_IDS = UUID("b66cbb90-f47a-4627-9482-0292f9ef682e")

# Measures as UN/ECE Recommendation 20 codes them; pieces are counted without a code (EPCIS 2.0, 7.3.3.3).
UOM = {"kg": "KGM", "l": "LTR"}
# Kinds of papers -> the CBV's types of business transactions, for those that it has.
_TRANSACTIONS = {"order": "po", "invoice": "inv", "bill of lading": "bol", "certificate": "cert"}

Event = dict[str, Any]


def urn(kind: str, *parts: str | None) -> str:
    """Return the id of a thing of the case."""
    return f"urn:uuid:{uuid5(_IDS, json.dumps([kind, *parts], ensure_ascii=False))}"


def event(step: str, day: dt.date, key: Iterable[str | None], **more: object) -> Event:
    """Return an ObjectEvent of one business step; what is None or empty among `more` is left out.

    A day stands as the midnight that begins it, in UTC: records name days, not times nor zones. `narrows:day` says so.
    """
    made = step == "commissioning"
    filled = {name: value for name, value in more.items() if value not in (None, [], {})}
    return {
        "type": "ObjectEvent",
        "eventID": urn("event", step, day.isoformat(), *key),
        "eventTime": f"{day.isoformat()}T00:00:00Z",
        "eventTimeZoneOffset": "+00:00",
        "action": "ADD" if made else "OBSERVE",
        "bizStep": step,
        **filled,
        "narrows:day": day.isoformat(),
    }


def goods(maker: str | None, row: Mapping[str, Any], *, quantity: float | None, serials: Iterable[str]) -> Event:
    """Return what an event is about: a lot with its quantity, else the pieces, else goods of one description."""
    told = _quantity(quantity, row["measure"] if quantity is not None else None)
    if row["lot"]:
        return {"quantityList": [{"epcClass": urn("lot", maker, row["lot"]), **told}]}
    pieces = [urn("piece", maker, serial) for serial in serials]
    if pieces:
        return {"epcList": pieces}
    return {"quantityList": [{"epcClass": urn("goods", maker, row["description"] or row["item"]), **told}]}


def _quantity(quantity: float | None, measure: str | None) -> Event:
    if quantity is None:
        return {}
    uom = UOM.get(measure or "")
    return {"quantity": plain(quantity), **({"uom": uom} if uom else {})}


def plain(number: float) -> int | float:
    """Return a whole number without a fraction."""
    return int(number) if number == int(number) else number


def transactions(papers: Iterable[tuple[str, str]]) -> list[Event]:
    """Return papers, each with its file, as business transactions: an order is a `po`, a packing list has no type."""
    found: list[Event] = []
    for document, file in dict.fromkeys(papers):
        kind = next((one for one in _TRANSACTIONS if document.startswith(f"{one} ")), None)
        typed = {} if kind is None else {"type": _TRANSACTIONS[kind]}
        found.append({**typed, "bizTransaction": urn("document", document, file)})
    return found


def party(kind: str, id_: str | None) -> list[Event]:
    """Return who had goods before or after, as a source or destination list of the possessing party."""
    return [] if id_ is None else [{"type": "possessing_party", kind: id_}]


def document(created: dt.datetime, parties: Iterable[Event], events: Iterable[Event]) -> Event:
    """Return an EPCIS document with its master data."""
    vocabulary = {"type": "urn:epcglobal:epcis:vtype:SourceDest", "vocabularyElementList": list(parties)}
    return {
        "@context": [CONTEXT, {"narrows": OWN}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": f"{created:%Y-%m-%dT%H:%M:%S}Z",
        "epcisHeader": {"epcisMasterData": {"vocabularyList": [vocabulary]}},
        "epcisBody": {"eventList": list(events)},
    }


def attribute(name: str, value: object) -> Event:
    """Return one attribute of master data."""
    return {"id": name, "attribute": value}
