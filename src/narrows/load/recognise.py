"""Recognises the goods of new records, each written form once, and keeps why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.vocab import codes
from narrows.vocab.catalogue import above_limit, catalogue, headings
from narrows.vocab.concentration import Concentration, find_concentration, parse_concentration
from narrows.vocab.goods import Recognition, recognise_many

_COLUMNS: list[tuple[str, pa.DataType]] = [

        ("goods", pa.uint64()), ("hs6", pa.string()), ("heading", pa.string()), ("cas", pa.string()),
        ("substance", pa.string()), ("certainty", pa.string()), ("why", pa.string()), ("named", pa.string()),
        ("by_cas", pa.string()), ("by_un", pa.string()), ("excluded", pa.string()), ("low", pa.float64()),
        ("high", pa.float64()), ("restricted_list", pa.bool_()), ("regulated", pa.bool_()),
        ("high_priority", pa.bool_()), ("above_limit", pa.bool_()),
    ]  # fmt: skip
_SCHEMA = pa.schema(_COLUMNS)


def recognise_goods(engine: Engine, parts: Sequence[int]) -> None:
    """Recognise all goods that have not been yet, and name the cells of these parts that could not be read."""
    rows = engine.rows(named("load", "goods-to-recognise"))
    if rows:
        _recognise(engine, rows)
    engine.run(named("load", "unread-goods"), {"parts": list(parts)})


def _recognise(engine: Engine, rows: list[tuple[Any, ...]]) -> None:
    seen = recognise_many([(description, hs, cas, un) for _, description, hs, cas, un, _, _ in rows])
    table = pa.Table.from_pylist(list(_recognised(rows, seen)), schema=_SCHEMA)
    with engine.lent("recognised", table):
        engine.run(named("load", "keep-recognised"))


def _recognised(rows: list[tuple[Any, ...]], seen: list[Recognition]) -> Iterator[dict[str, object]]:
    known = catalogue()
    for (goods, description, hs, cas, _, concentration, decimal), found in zip(rows, seen, strict=True):
        hs6 = codes.hs6(hs) if hs is not None else None
        digits = codes.hs_digits(hs) if hs is not None else None
        heading = digits[:4] if digits is not None else next(iter(headings(found.substance or "")), None)
        read = _concentration(concentration, description, decimal)
        listed = found.substance
        # A code alone is a candidate: goods under a listed code may or may not be the listed substance.
        readable = description is not None or cas is not None or (digits is not None and not found.by_hs)
        yield {
            "goods": goods,
            "hs6": hs6,
            "heading": heading,
            "cas": codes.cas(cas) if cas is not None else None,
            "substance": listed,
            "certainty": found.certainty,
            "why": found.why,
            "named": found.named,
            "by_cas": found.by_cas,
            "by_un": found.by_un,
            "excluded": found.excluded,
            "low": None if read is None else float(read.low),
            "high": None if read is None else float(read.high),
            "restricted_list": listed in known.restricted if readable else None,
            "regulated": listed in known.regulated if readable else None,
            "high_priority": None if hs6 is None else hs6 in known.high_priority,
            "above_limit": None if read is None or listed is None else _above(listed, read),
        }


def _above(substance: str, read: Concentration) -> bool | None:
    # The limits are by weight. Trade papers say "35 %" and mean by weight unless they say otherwise.
    basis = "w/w" if read.basis == "unstated" else read.basis
    return above_limit(substance, float(read.low), float(read.high), basis=basis)


def _concentration(stated: str | None, description: str | None, decimal: str) -> Concentration | None:
    """The concentration of its own column, else the one named in the description."""
    sign: Literal[".", ","] = "," if decimal == "," else "."
    read = parse_concentration(stated, sign, bare=True) if stated is not None else None
    if read is None and description is not None:
        read = find_concentration(description, sign)
    return read
