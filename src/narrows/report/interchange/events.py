"""The custody of recovered items as GS1 EPCIS 2.0 events in JSON-LD, checked against the standard's JSON schema.

Of each likeliest chain: the maker's commissioning where the day is known, a shipping and a receiving event for each
link, and the find. A link that several items share is told once. `narrows:` fields say how far a link is shown: state,
level of evidence, Admiralty grades of its papers, and that nothing is inferred of a firm unless a person did. Private
individuals have an id and no name. An event needs a day, so links without one are not written, nor gaps, of which there
is no record; the warnings count both.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.errors import UsageError
from narrows.model.outcome import Outcome
from narrows.report.interchange import epcis
from narrows.report.replacing import replacing

ENDINGS = (".jsonld",)
NO_INFERENCE = "no inference of malpractice"

Row = Mapping[str, Any]


@dataclass(slots=True)
class _Step:
    """A link that one item or several share, or the making of a lot."""

    row: Row
    items: list[str] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)

    def take(self, row: Row) -> None:
        self.items.append(row["item"])
        if row["serial"] and row["serial"] not in self.serials:
            self.serials.append(row["serial"])


def write_events(engine: Engine, path: Path) -> Outcome:
    """Write the likeliest chain of each recovered item as EPCIS events.

    Args:
        engine: the case's engine, traced.
        path: the file, ending in .jsonld; it is replaced as a whole, or not at all.

    Returns:
        How many events there are; the warnings say which links have none.

    Raises:
        UsageError: another ending, or no such folder.
        NarrowsError: the file cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{path.name}: EPCIS events are no {path.suffix or 'file without ending'}",
            hint=f"End the name in {' or '.join(ENDINGS)}, such as events.jsonld.",
        )
    telling = _Telling(engine)
    events = sorted(telling.events(), key=lambda one: (one["eventTime"], one["narrows:items"], one["narrows:step"]))
    for one in events:
        del one["narrows:step"]
    created = engine.value(named("interchange", "custody-traced-at"))
    told = epcis.document(created, telling.master_data(), events)
    with replacing(path) as partial, partial.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    warnings = [f"{count:,} {what}" for what, count in sorted(telling.untold.items())]
    if not events:
        warnings.append("no recovered item of this case has an event: the document is empty")
    return Outcome("export", {"events": len(events)}, tuple(warnings), files=(str(path),))


class _Telling:
    """Turns rows of custody into events."""

    def __init__(self, engine: Engine) -> None:
        engine.run(named("ftm", "nodes"), {"most": 1})
        self._engine = engine
        self._parties: dict[int, Row] = {
            row["entity"]: row for row in engine.arrow(named("interchange", "custody-parties")).to_pylist()
        }
        self._inferred = {
            entity: f"malpractice inferred by {who} on {entered:%Y-%m-%d}: {reason}"
            for entity, _, private, verdict, who, entered, reason, _ in engine.rows(named("trace", "parties"))
            if verdict != "none" and not private
        }
        rows = engine.rows(named("interchange", "custody-places"))
        self._places: dict[int, str] = {record: place for record, place, _ in rows}
        self._origins: dict[int, str] = {record: origin for record, _, origin in rows}
        self.untold: Counter[str] = Counter()

    def master_data(self) -> Iterator[epcis.Event]:
        """Yield what is known of each party."""
        for entity, row in self._parties.items():
            told = [
                epcis.attribute("cbvmda:name", row["name"]) if row["name"] else None,
                epcis.attribute("cbvmda:countryCode", row["country"]) if row["country"] else None,
                epcis.attribute("narrows:kind", "a private individual") if row["name"] is None else None,
                epcis.attribute("narrows:inference", self._inference(entity)) if row["name"] else None,
            ]
            yield {"id": self._id(entity), "attributes": [one for one in told if one is not None]}

    def events(self) -> Iterator[epcis.Event]:
        """Yield all events, in no order."""
        for step in self._made():
            yield self._commissioned(step)
        for step in self._links():
            yield from self._found(step) if step.row["kind"] == "found" else self._delivered(step)

    def _made(self) -> Iterator[_Step]:
        steps: dict[tuple[object, ...], _Step] = {}
        for row in self._engine.arrow(named("interchange", "custody-made")).to_pylist():
            if row["maker"] is None or row["made"] is None:
                self.untold["items without a known maker or day of manufacture: no commissioning event"] += 1
                continue
            key = (row["maker"], row["made"], row["lot"], row["description"])
            steps.setdefault(key, _Step(row)).take(row)
        yield from steps.values()

    def _links(self) -> Iterator[_Step]:
        steps: dict[tuple[object, ...], _Step] = {}
        for row in self._engine.arrow(named("interchange", "custody-steps")).to_pylist():
            if row["kind"] == "gap" or (row["giver"] is None and row["kind"] != "found"):
                self.untold["gaps in chains: no record of them, so no event"] += 1
            elif row["date"] is None:
                self.untold["links without a day: no event can be without one"] += 1
            else:
                key = (row["kind"], row["giver"], row["taker"], row["date"], row["quantity"], *row["records"])
                key = (*key, row["item"]) if row["kind"] == "found" else key
                steps.setdefault(key, _Step(row)).take(row)
        yield from steps.values()

    def _commissioned(self, step: _Step) -> epcis.Event:
        row, maker = step.row, self._id(step.row["maker"])
        about = epcis.goods(maker, {**row, "measure": None}, quantity=None, serials=step.serials)
        more = {
            "disposition": "active", **about,
            "ilmd": {"cbvmda:lotNumber": row["lot"]} if row["lot"] else None,
            **self._told(step, "made", [row["made_record"]] if row["made_record"] is not None else []),
            "narrows:maker": maker, "narrows:step": 0,
        }  # fmt: skip
        return epcis.event("commissioning", row["made"], (maker, *step.items), **more)

    def _delivered(self, step: _Step) -> Iterator[epcis.Event]:
        row = step.row
        giver, taker = self._id(row["giver"]), self._id(row["taker"])
        more = {
            **epcis.goods(self._id(row["maker"]), row, quantity=row["quantity"], serials=step.serials),
            "bizTransactionList": epcis.transactions(self._papers(row)),
            "sourceList": epcis.party("source", giver),
            "destinationList": epcis.party("destination", taker),
            **self._told(step, row["kind"], row["records"]),
            **self._shown(row),
        }
        key = (giver, taker, *row["documents"], *step.items)
        sent, received = row["date"], row["until"] or row["date"]
        yield epcis.event("shipping", sent, key, disposition="in_transit", **more, **{"narrows:step": 2 * row["step"]})
        yield epcis.event(
            "receiving", received, key, disposition="in_progress", **more, **{"narrows:step": 2 * row["step"] + 1}
        )

    def _found(self, step: _Step) -> Iterator[epcis.Event]:
        row = step.row
        known = row["latitude"] is not None and row["longitude"] is not None
        at = f"geo:{row['latitude']},{row['longitude']}" if known else epcis.urn("place", row["place"], row["country"])
        more = {
            **epcis.goods(self._id(row["maker"]), row, quantity=row["quantity"], serials=step.serials),
            "readPoint": {"id": at},
            **self._told(step, "found", [row["found_record"]]),
            **self._shown(row),
            "narrows:maker": self._id(row["maker"]),
            "narrows:place": row["place"], "narrows:country": row["country"], "narrows:step": 2 * row["step"],
        }  # fmt: skip
        yield epcis.event("other", row["date"], step.items, **more)

    def _papers(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield the papers of a link, each with the file and sheet that it stands in."""
        for document, record in zip(row["documents"], row["records"], strict=True):
            yield document, self._places[record].rpartition(":")[0]

    def _told(self, step: _Step, kind: str, records: list[int]) -> dict[str, object]:
        row = step.row
        return {
            "narrows:kind": kind,
            "narrows:items": step.items,
            "narrows:description": row["description"],
            "narrows:lot": row["lot"],
            "narrows:serial": "; ".join(step.serials) or None,
            "narrows:evidence": [self._places[record] for record in records],
            "narrows:origins": [self._origins[record] for record in records],
        }

    def _shown(self, row: Row) -> dict[str, object]:
        quantity = None if row["quantity"] is None else epcis.plain(row["quantity"])
        return {
            "narrows:state": row["state"],
            "narrows:level": row["level"],
            "narrows:grades": row["grades"],
            "narrows:documents": row["documents"],
            "narrows:sources": row["sources"],
            "narrows:quantity": quantity,
            "narrows:measure": row["measure"],
            "narrows:why": row["why"],
            "narrows:giverInference": self._inference(row["giver"]),
            "narrows:takerInference": self._inference(row["taker"]),
        }

    def _id(self, entity: int | None) -> str | None:
        return None if entity is None else epcis.urn("party", self._parties[entity]["id"])

    def _inference(self, entity: int | None) -> str | None:
        """What a person inferred of a firm; of private individuals nothing is said."""
        if entity is None or self._parties[entity]["name"] is None:
            return None
        return self._inferred.get(entity, NO_INFERENCE)
