"""Reads the distinct texts of parties (names, countries, activities, numbers) once each."""

from __future__ import annotations

import pyarrow as pa

from narrows.casefile.engine import Engine
from narrows.casefile.sql import named
from narrows.vocab import activities, identifiers, names, places, words
from narrows.vocab.text import is_placeholder


def read_names(engine: Engine) -> pa.Table:
    """Return each name as written with its key, its legal form, and whether it names nobody."""
    written = [name for (name,) in engine.rows(named("resolve", "distinct-names"))]
    return pa.table(
        {
            "name": pa.array(written, pa.string()),
            "key": pa.array([names.normalise(name) for name in written], pa.string()),
            "legal_form": pa.array([names.legal_form(name) for name in written], pa.string()),
            "placeholder": pa.array([is_placeholder(name) for name in written], pa.bool_()),
        }
    )


def read_texts(engine: Engine) -> pa.Table:
    """Return each country, activity and kind as written with its code."""
    readers = {"country": places.country, "activity": activities.activity, "kind": words.party_kind}
    rows = engine.rows(named("resolve", "distinct-texts"))
    return pa.table(
        {
            "what": pa.array([what for what, _ in rows], pa.string()),
            "text": pa.array([text for _, text in rows], pa.string()),
            "value": pa.array([readers[what](text) for what, text in rows], pa.string()),
        }
    )


def read_identifiers(engine: Engine) -> pa.Table:
    """Return each number as written with its compact form and whether its check digits are right."""
    rows = []
    for scheme, value, country_text in engine.rows(named("resolve", "distinct-identifiers")):
        country = places.country(country_text) if country_text is not None else None
        found = identifiers.check(scheme, value, country)
        if found is not None:
            rows.append((scheme, value, country_text, found.value, found.valid, found.scheme))
    columns = list(zip(*rows, strict=True)) or [()] * 6
    return pa.table(
        {
            "scheme": pa.array(columns[0], pa.string()),
            "value": pa.array(columns[1], pa.string()),
            "country_text": pa.array(columns[2], pa.string()),
            "compact": pa.array(columns[3], pa.string()),
            "valid": pa.array(columns[4], pa.bool_()),
            "scheme_read": pa.array(columns[5], pa.string()),
        }
    )


def read_activities(engine: Engine) -> pa.Table:
    """Return each activity code with its title, and whether it handles goods or money for others."""
    found = [code for (code,) in engine.rows(named("resolve", "distinct-activities"))]
    return pa.table(
        {
            "activity": pa.array(found, pa.string()),
            "title": pa.array([activities.title(code) for code in found], pa.string()),
            "logistics": pa.array([activities.is_logistics(code) for code in found], pa.bool_()),
        }
    )
