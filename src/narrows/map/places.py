"""Where parties stand: what the texts of their addresses are read as, lent to the engine."""

from __future__ import annotations

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.vocab.atlas import atlas
from narrows.vocab.places import country


def keep_party_places(engine: Engine) -> None:
    """Write the place of each party and entity into temporary tables."""
    with engine.lent("country_code", _countries(engine)), engine.lent("gazetteer", _gazetteer(engine)):
        engine.run(named("network", "party-places"))
    engine.run(named("network", "entity-places"))


def _countries(engine: Engine) -> pa.Table:
    texts = [text for (text,) in engine.rows(named("network", "country-texts"))]
    return pa.table(
        {"text": pa.array(texts, pa.string()), "code": pa.array([country(text) for text in texts], pa.string())}
    )


def _gazetteer(engine: Engine) -> pa.Table:
    wanted = {place for (place,) in engine.rows(named("network", "place-ids"))}
    found = [place for place in atlas().places if place.id in wanted] if wanted else []
    return pa.table(
        {
            "id": pa.array([p.id for p in found], pa.string()),
            "name": pa.array([p.name for p in found], pa.string()),
            "country": pa.array([p.country for p in found], pa.string()),
            "latitude": pa.array([p.latitude for p in found], pa.float64()),
            "longitude": pa.array([p.longitude for p in found], pa.float64()),
        }
    )
