"""What one EPCIS 2.0 event says of goods that change hands, as the cells of a row.

An event names things by URIs. Read of them are lots and serial numbers in EPC URIs and GS1 Digital Links, names and
countries of parties from the master data in the header, and what Narrows itself wrote in `narrows:` fields. A word of a
vocabulary may be bare ("shipping"), a URN or a web URI of the CBV.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

READ = ("ObjectEvent", "AggregationEvent")
DELIVERIES, MADE, FOUND = "Deliveries", "Made", "Found"
SHIPPING, RECEIVING = ("shipping",), ("receiving", "arriving", "accepting")

# Master data attributes, by the last word of their id.
_NAMES, _COUNTRIES, _DESCRIPTIONS = ("name",), ("countryCode", "country"), ("descriptionShort", "description")
_LAST_WORD = re.compile(r"[:/#]|BizStep-|SDT-|BTT-")
_LOT = re.compile(r"^urn:epc:(?:class:lgtin|idpat:lgtin):[^.]+\.[^.]+\.(.+)$|/10/([^/?#]+)")
_SERIAL = re.compile(r"^urn:epc:id:sgtin:[^.]+\.[^.]+\.(.+)$|/21/([^/?#]+)")
_TRANSACTION = re.compile(r"^urn:epcglobal:cbv:bt:[^:]*:(.+)$")
_GEO = re.compile(r"^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)")
_ESCAPED = re.compile(rb"%([0-9A-Fa-f]{2})")
# The words before a document's number in `narrows:documents`.
_PAPER = re.compile(r"^(?:packing list|order|invoice|declaration|bill of lading|certificate|written reply|payment) ")


class Unread(ValueError):
    """An event that is no row; the text says why."""


def master_data(elements: Iterable[object]) -> dict[str, dict[str, str]]:
    """Return vocabulary elements by URI, each with its attributes by the last word of their ids."""
    found: dict[str, dict[str, str]] = {}
    for element in elements:
        if isinstance(element, dict) and isinstance(element.get("id"), str):
            told = found.setdefault(element["id"], {})
            for one in _objects(element.get("attributes")):
                told.setdefault(word(one.get("id")), text(one.get("attribute")))
    return found


def row(event: Json, known: Mapping[str, Mapping[str, str]]) -> tuple[str, dict[str, str]]:
    """Return the sheet that an event belongs to and its cells.

    Raises:
        Unread: it is of a kind that is not read, or says nothing of who had goods.
    """
    kind = text(event.get("type") or event.get("isA"))
    if kind not in READ:
        raise Unread(f"events of the kind {kind[:60] or 'without type'} are not read")
    if event.get("errorDeclaration"):
        raise Unread("an event that was declared to be in error")
    if event.get("action") == "DELETE":
        raise Unread("an event of the action DELETE, by which goods end or are taken apart")
    cells = {**_goods(event, known), **_papers(event), "Date": _day(event)}
    step, own = word(event.get("bizStep")), text(event.get("narrows:kind"))
    maker = _party("Manufacturer", text(event.get("narrows:maker")), known)
    if own == "found":
        return FOUND, {**cells, **maker, **_place(event)}
    if own == "made" or step == "commissioning":
        if not maker:
            raise Unread("a commissioning event that names no maker")
        return MADE, {**cells, **maker, "Manufactured": cells["Date"]}
    if own and (own != "delivery" or text(event.get("narrows:state")) == "inferred"):
        raise Unread("a link that another case inferred, not a record of goods")
    return DELIVERIES, {**cells, **maker, **_hands(event, known)}


def word(value: object) -> str:
    """Return the last word of a term of a vocabulary: "shipping" of "urn:epcglobal:cbv:bizstep:shipping"."""
    return _LAST_WORD.split(text(value))[-1]


def text(value: object) -> str:
    """Return a plain value as text; nothing for null, lists and objects."""
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


def _objects(value: object) -> Iterator[Json]:
    yield from (one for one in (value if isinstance(value, list) else ()) if isinstance(one, dict))


def _texts(value: object) -> list[str]:
    return [one for one in map(text, value if isinstance(value, list) else ()) if one]


def _day(event: Json) -> str:
    """The day where it happened: the time of the event in the zone that it names."""
    if own := text(event.get("narrows:day")):
        return own
    written, zone = text(event.get("eventTime")), text(event.get("eventTimeZoneOffset"))
    try:
        at = dt.datetime.fromisoformat(written)
        offset = dt.datetime.strptime(zone, "%z").tzinfo if zone else None
        return (at.astimezone(offset) if at.tzinfo and offset else at).date().isoformat()
    except (ValueError, OverflowError):
        return written  # a person sees among the unread values what could not be read


def _goods(event: Json, known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    quantities = [*_objects(event.get("quantityList")), *_objects(event.get("childQuantityList"))]
    classes = [text(one.get("epcClass")) for one in quantities]
    pieces = [*_texts(event.get("epcList")), *_texts(event.get("childEPCs"))]
    if not classes and not pieces and not event.get("parentID"):
        raise Unread("an event that names no goods")
    ilmd = event.get("ilmd")
    by_word = {word(key): text(value) for key, value in ilmd.items()} if isinstance(ilmd, dict) else {}
    lots = text(event.get("narrows:lot")) or by_word.get("lotNumber") or _found(_LOT, (*classes, *pieces))
    described = (_of(known.get(one, {}), (*_DESCRIPTIONS, *_NAMES)) for one in classes)
    amount, unit = _amount(event, quantities, pieces)
    return {
        "Description": text(event.get("narrows:description")) or next(filter(None, described), ""),
        "Lot No": lots,
        "Serial No": text(event.get("narrows:serial")) or _found(_SERIAL, pieces),
        "Quantity": amount,
        "Unit": unit,
    }


def _amount(event: Json, quantities: list[Json], pieces: list[str]) -> tuple[str, str]:
    """The quantity with its unit, where what the event names can be summed up; pieces have no code of their own."""
    if own := text(event.get("narrows:quantity")):
        return own, text(event.get("narrows:measure"))
    told = [(text(one.get("quantity")), text(one.get("uom")) or "C62") for one in quantities]
    told += [("1", "C62")] * len(pieces)
    if len({unit for _, unit in told}) != 1 or not all(amount for amount, _ in told):
        return "", ""
    if len(told) == 1:
        return told[0]
    try:
        return f"{sum(float(amount) for amount, _ in told):.12g}", told[0][1]
    except ValueError:
        return "", ""


def _found(pattern: re.Pattern[str], uris: Iterable[str]) -> str:
    matches = filter(None, (pattern.search(uri) for uri in uris))
    return "; ".join(dict.fromkeys(_unescaped(next(filter(None, one.groups()))) for one in matches))


def _unescaped(written: str) -> str:
    """Return a part of a URI without percent escapes (RFC 3986, 2.1)."""
    if "%" not in written:
        return written
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), written.encode("utf-8", "surrogatepass"))
    return plain.decode("utf-8", "replace")


def _of(told: Mapping[str, str], names: Iterable[str]) -> str:
    return next(filter(None, (told.get(name) for name in names)), "")


def _papers(event: Json) -> dict[str, str]:
    """Numbers of the papers and how good they are; an order goes before what it ordered."""
    own = _texts(event.get("narrows:documents"))
    if own:
        numbers = [(_PAPER.sub("", one), one.startswith("order ")) for one in own]
    else:
        numbers = [
            (_number(text(one.get("bizTransaction"))), word(one.get("type")) in ("po", "poc"))
            for one in _objects(event.get("bizTransactionList"))
        ]
    grades, origins = _texts(event.get("narrows:grades")), _texts(event.get("narrows:origins"))
    grade = min(grades, default="")
    # A paper that comes back from another case is the source that it was there.
    best = grades.index(grade) if grade else 0
    return {
        "Document No": next((number for number, ordered in numbers if not ordered), ""),
        "Order No": next((number for number, ordered in numbers if ordered), ""),
        "Source Reliability": grade[:1],
        "Information Credibility": grade[1:2],
        "Origin ID": origins[best] if best < len(origins) else "",
    }


def _number(uri: str) -> str:
    match = _TRANSACTION.search(uri)
    return _unescaped(match[1]) if match else uri


def _party(role: str, uri: str, known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    if not uri:
        return {}
    told = known.get(uri, {})
    kind = "person" if told.get("kind") == "a private individual" else ""
    return {
        f"{role} ID": uri,
        role: _of(told, _NAMES),
        f"{role} Country": _of(told, _COUNTRIES),
        f"{role} Kind": kind,
    }


def _hands(event: Json, known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Who gave the goods to whom: owners before and after, else holders; beside a new owner, a holder takes them."""
    given = {word(one.get("type")): text(one.get("source")) for one in _objects(event.get("sourceList"))}
    taken = {word(one.get("type")): text(one.get("destination")) for one in _objects(event.get("destinationList"))}
    seller = given.get("owning_party") or given.get("possessing_party") or ""
    buyer = taken.get("owning_party") or taken.get("possessing_party") or ""
    if not seller or not buyer:
        raise Unread("an event that does not name both a source and a destination party")
    holder = taken.get("possessing_party") or ""
    consignee = _party("Consignee", holder, known) if holder != buyer else {}
    return {**_party("Seller", seller, known), **_party("Buyer", buyer, known), **consignee}


def _place(event: Json) -> dict[str, str]:
    point = event.get("readPoint")
    match = _GEO.search(text(point.get("id")) if isinstance(point, dict) else "")
    latitude, longitude = match.groups() if match else ("", "")
    return {
        "Item No": next(iter(_texts(event.get("narrows:items"))), ""),
        "Place": text(event.get("narrows:place")), "Country": text(event.get("narrows:country")),
        "Latitude": latitude, "Longitude": longitude,
    }  # fmt: skip
