"""What EPCIS 2.0 demands of a document with ObjectEvents, in our own words, after the standard's text and JSON schema.

The standard's schema itself is not shipped, as its licence grants no right to pass it on; see THIRD_PARTY.md.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from jsonschema import Draft7Validator, FormatChecker

URI = {"type": "string", "format": "uri"}
TIME = {"type": "string", "format": "date-time"}


def among(words: str) -> dict[str, Any]:
    """A bare word of the Core Business Vocabulary, or the URI of one."""
    return {"anyOf": [{"enum": words.split()}, URI]}


def listed(required: list[str], **properties: Any) -> dict[str, Any]:
    """A list of objects that have these keys and no others."""
    item = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    return {"type": "array", "minItems": 1, "items": item}


PARTY = among("owning_party possessing_party location")
KNOWN = {
    "type": {"const": "ObjectEvent"},
    "eventID": URI,
    "eventTime": TIME,
    "eventTimeZoneOffset": {"type": "string", "pattern": r"^[+-]((0\d|1[0-3]):[0-5]\d|14:00)$"},
    "action": {"enum": ["ADD", "OBSERVE", "DELETE"]},
    "bizStep": among("commissioning shipping receiving other"),
    "disposition": among("active in_transit in_progress"),
    "epcList": {"type": "array", "minItems": 1, "items": URI},
    "quantityList": listed(
        ["epcClass"], epcClass=URI, quantity={"type": "number"}, uom={"type": "string", "pattern": "^[A-Z0-9]{2,3}$"}
    ),
    "bizTransactionList": listed(["bizTransaction"], bizTransaction=URI, type=among("bol cert inv po")),
    "sourceList": listed(["type", "source"], type=PARTY, source=URI),
    "destinationList": listed(["type", "destination"], type=PARTY, destination=URI),
    "readPoint": {"type": "object", "properties": {"id": URI}, "required": ["id"]},
    "ilmd": {"type": "object", "propertyNames": URI},
}
EVENT = {
    "type": "object",
    "required": ["type", "eventTime", "eventTimeZoneOffset", "action"],
    "anyOf": [{"required": ["epcList"]}, {"required": ["quantityList"]}],
    # Whatever else stands in an event has a prefix of the context.
    "propertyNames": {"anyOf": [{"enum": list(KNOWN)}, {"pattern": "^narrows:"}]},
    "properties": KNOWN,
    "if": {"required": ["ilmd"]},
    "then": {"properties": {"action": {"const": "ADD"}}},
}
ELEMENT = {
    "type": "object",
    "properties": {"id": URI, "attributes": listed(["id", "attribute"], id=URI, attribute={"type": "string"})},
    "required": ["id"],
}
VOCABULARY = {
    "type": "object",
    "properties": {"type": URI, "vocabularyElementList": {"type": "array", "items": ELEMENT}},
    "required": ["type"],
}
DOCUMENT = {
    "type": "object",
    "required": ["@context", "type", "schemaVersion", "creationDate", "epcisBody"],
    "properties": {
        "@context": {"type": "array", "uniqueItems": True, "items": {"anyOf": [URI, {"type": "object"}]}},
        "type": {"const": "EPCISDocument"},
        "schemaVersion": {"const": "2.0"},
        "creationDate": TIME,
        "epcisHeader": {
            "properties": {
                "epcisMasterData": {"properties": {"vocabularyList": {"type": "array", "items": VOCABULARY}}}
            }
        },
        "epcisBody": {"type": "object", "properties": {"eventList": {"type": "array", "items": EVENT}}},
    },
    "additionalProperties": False,
}

CHECKS = FormatChecker(formats=())


@CHECKS.checks("uri")
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", value, re.I) is not None


@CHECKS.checks("date-time", raises=ValueError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or ("T" in value and datetime.fromisoformat(value).tzinfo is not None)


def faults(document: object, schema: Any = DOCUMENT) -> list[str]:
    """What a document lacks, each with its place."""
    found = Draft7Validator(schema, format_checker=CHECKS).iter_errors(document)
    return [f"{one.json_path}: {one.message}" for one in found]
