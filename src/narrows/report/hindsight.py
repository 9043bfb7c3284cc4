"""Who could first have asked: the replay, scheme by scheme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from narrows.casefile.engine import Engine
from narrows.casefile.evidence import evidence_of
from narrows.casefile.sql import named
from narrows.model.statement import Statement
from narrows.picture import timeline
from narrows.picture.drawing import Drawing

# Schemes on the page; the tables schemes, replay and sharing have all.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class ActorLine:
    """One actor: what it could have known when. Days are None where it could not have asked."""

    name: str
    kind: str
    records: int
    first_hit: date | None
    codes: tuple[str, ...]
    first_alert: date | None
    before: int | None
    after: int | None
    told: Statement


@dataclass(frozen=True, slots=True)
class SchemePart:
    """One scheme of alerts: who could first have asked, how much moved, and what sharing would have added."""

    scheme: str
    title: str
    alerts: int
    consignments: int
    picture: Drawing | None
    actors: tuple[ActorLine, ...]
    sharing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HindsightPart:
    """The replay of a case, and the names in its sentences."""

    schemes: tuple[SchemePart, ...]
    schemes_left_out: int
    names: tuple[str, ...]


def hindsight_part(engine: Engine) -> HindsightPart | None:
    """Read the replay of a case; None where there is no scheme."""
    rows = engine.rows(named("report_hindsight", "schemes"))
    if not rows:
        return None
    actors = _actors(engine)
    moved: dict[str, list[tuple[date, float]]] = {}
    for scheme, day, count in engine.rows(named("report_hindsight", "moved")):
        moved.setdefault(scheme, []).append((day, float(count)))
    sharing: dict[str, list[str]] = {}
    for scheme, told in engine.rows(named("report_hindsight", "sharing")):
        sharing.setdefault(scheme, []).append(told)
    parts = tuple(
        SchemePart(
            scheme, title, alerts, consignments, _picture(title, actors[scheme], moved.get(scheme, ())), actors[scheme],
            tuple(sharing.get(scheme, ())),
        )
        for scheme, title, alerts, consignments in rows[:SHOWN] if actors.get(scheme)
    )  # fmt: skip
    names = {actor.name for part in parts for actor in part.actors} | {part.title for part in parts}
    told = tuple(sorted(name for name in names if not name.isascii() or len(name) > 3))
    return HindsightPart(parts, max(0, len(rows) - len(parts)), told)


def _actors(engine: Engine) -> dict[str, tuple[ActorLine, ...]]:
    rows = engine.rows(named("report_hindsight", "actors"), {"schemes": SHOWN})
    evidence = evidence_of(engine, (row[-1] for row in rows))
    found: dict[str, list[ActorLine]] = {}
    for scheme, name, kind, records, hit, codes, alert, before, after, told, record in rows:
        line = ActorLine(
            name, kind, records, hit, tuple(codes or ()), alert, before, after, Statement(told, (evidence[record],))
        )
        found.setdefault(scheme, []).append(line)
    return {scheme: tuple(lines) for scheme, lines in found.items()}


def _picture(title: str, actors: Sequence[ActorLine], moved: Sequence[tuple[date, float]]) -> Drawing | None:
    """Draw the days on which somebody could first have asked; None where fewer than three consignments moved."""
    if len(moved) < 3:
        return None
    rows = tuple(
        timeline.Row(
            actor.name, () if actor.first_hit is None else (timeline.Mark(actor.first_hit, ", ".join(actor.codes)),),
            "" if actor.first_hit is None else f"{actor.before} before, {actor.after} from then on",
        )
        for actor in actors if actor.first_hit is not None
    )  # fmt: skip
    told = "One row an actor, with the day on which it could first have asked; below, how many consignments had moved."
    drawn = timeline.Timeline(f"Who could first have asked: {title}", rows, tuple(moved), told, "consignments")
    return timeline.draw(drawn)
