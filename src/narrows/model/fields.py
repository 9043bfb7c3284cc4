"""The words that a mapping may use: the fields of a record, each with its type.

A party field is ROLE.ATTRIBUTE, such as "buyer.name"; the roles follow UN/EDIFACT 3035 and are kept apart.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from narrows.model.mapping import GOODS_KINDS

Type = Literal[
    "text", "date", "number", "quantity", "mass", "volume", "percent", "hs", "cas", "un",
    "country", "currency", "status", "relation", "yes-no", "share", "terms", "birth-date", "degrees", "grade",
    "period", "flow", "area", "commodity",
]  # fmt: skip

GOODS_ROLES: tuple[str, ...] = (
    "seller", "buyer", "payer", "manufacturer", "consignor", "consignee", "notify",
    "declarant", "carrier", "forwarder", "end_user",
)  # fmt: skip
PAYMENT_ROLES: tuple[str, ...] = ("payer", "ultimate_payer", "payee")
REGISTER_ROLES: tuple[str, ...] = ("company", "officer", "owner")
RELATION_ROLES: tuple[str, ...] = ("party", "other")
END_USE_ROLES: tuple[str, ...] = ("buyer",)
ENTITY_ROLES: tuple[str, ...] = ("party",)

ROLES_OF: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(GOODS_KINDS, GOODS_ROLES),
        "payments": PAYMENT_ROLES,
        "register": REGISTER_ROLES,
        "relations": RELATION_ROLES,
        "end-use": END_USE_ROLES,
        "stock": (),
        "entities": ENTITY_ROLES,
        "recoveries": ("manufacturer",),
        "statistics": (),
    }
)

# What a party may carry. `id` is a number of the publisher's own (customer no., list entry no.); its name space is
# the mapping's `id_scheme`. `registration` is a number of a company register, `vat` a tax number in any of its kinds.
PARTY_ATTRIBUTES: MappingProxyType[str, Type] = MappingProxyType(
    {
        "name": "text", "id": "text", "vat": "text", "registration": "text", "eori": "text", "lei": "text",
        "iban": "text", "address": "text", "city": "text", "country": "country", "phone": "text",
        "email": "text", "web": "text", "activity": "text", "kind": "text", "alias": "text",
    }
)  # fmt: skip

_GOODS: dict[str, Type] = {
    "document_no": "text", "line_no": "text", "order_no": "text", "date": "date", "description": "text",
    "hs": "hs", "cas": "cas", "un": "un", "concentration": "percent", "quantity": "quantity", "unit": "text",
    "net_mass": "mass", "gross_mass": "mass", "volume": "volume", "amount": "number", "unit_price": "number",
    "currency": "currency", "origin": "country", "departure": "country", "destination": "country",
    "delivery_terms": "terms", "buyer_status": "status", "licence_no": "text", "licence_until": "date",
    "stated_use": "text", "payment_method": "text", "transport": "text", "container": "text", "notes": "text",
    "manufactured": "date",
}  # fmt: skip
# What stands on a piece itself, how good the source is (letter and digit of the Admiralty scale), and where it has it
# from: records of one `origin_id` are one source, whatever file they stand in.
_TRACED: dict[str, Type] = {
    "lot": "text", "serial": "text", "reliability": "grade", "credibility": "grade", "origin_id": "text",
}  # fmt: skip

FIELDS_OF: MappingProxyType[str, MappingProxyType[str, Type]] = MappingProxyType(
    {
        **{kind: MappingProxyType({**_GOODS, **_TRACED}) for kind in GOODS_KINDS},
        "recoveries": MappingProxyType(
            {
                "item_no": "text", "date": "date", "place": "text", "country": "country", "latitude": "degrees",
                "longitude": "degrees", "description": "text", "hs": "hs", "marking": "text", "quantity": "quantity",
                "unit": "text", "photo": "text", "notes": "text", **_TRACED,
            }
        ),
        "payments": MappingProxyType(
            {
                "document_no": "text", "date": "date", "amount": "number", "currency": "currency",
                "reference": "text", "bank_country": "country", "method": "text", "purpose": "text",
            }
        ),
        "register": MappingProxyType(
            {
                "founded": "date", "status": "text", "function": "text", "share": "share",
                "since": "date", "until": "date",
            }
        ),
        "relations": MappingProxyType(
            {"document_no": "text", "relation": "relation", "since": "date", "until": "date", "notes": "text"}
        ),
        "end-use": MappingProxyType(
            {
                "document_no": "text", "date": "date", "description": "text", "cas": "cas",
                "concentration": "percent", "quantity": "quantity", "unit": "text", "stated_use": "text",
                "trade": "text", "signatory": "text", "signatory_function": "text",
                "identity_document": "text", "signed": "yes-no",
            }
        ),
        "stock": MappingProxyType(
            {
                "site": "text", "date": "date", "description": "text", "cas": "cas", "hs": "hs",
                "book": "quantity", "counted": "quantity", "unit": "text", "seal": "text",
            }
        ),
        # Beside what a party may carry, what lists of people and firms say of an entry. A row that names nobody says
        # by `of` whose it is (a sanction, a document); `address_ref` names an address that stands in a row of its own,
        # under `address_id`. `name_type` and `name_quality` are the list's words for what kind of name a row holds.
        "entities": MappingProxyType(
            {
                "list": "text", "programme": "text", "remarks": "text", "of": "text", "given": "text",
                "surname": "text", "name_type": "text", "name_quality": "text", "weak_alias": "text",
                "former_name": "text", "postcode": "text", "address_ref": "text", "address_id": "text",
                "registered_in": "country", "imo": "text", "passport": "text", "national_id": "text", "number": "text",
                "number_type": "text", "birth_date": "birth-date", "listed": "date", "delisted": "date",
                "published": "date", "target": "yes-no",
            }
        ),
        # Published sums: who reports, the other country, which way. `breakdown` says which part of a sum a row is
        # (customs procedure, transport, second partner); `cif` and `fob` are values beside `amount`.
        "statistics": MappingProxyType(
            {
                "reporter": "area", "partner": "area", "flow": "flow", "period": "period", "hs": "commodity",
                "description": "text", "net_mass": "mass", "quantity": "quantity", "unit": "text", "amount": "number",
                "cif": "number", "fob": "number", "currency": "currency", "breakdown": "text", "notes": "text",
            }
        ),
    }
)  # fmt: skip


def type_of(kind: str, name: str) -> Type | None:
    """Return the type of field `name` in records of `kind`, or None where there is no such field."""
    role, dot, attribute = name.partition(".")
    if dot:
        return PARTY_ATTRIBUTES.get(attribute) if role in ROLES_OF.get(kind, ()) else None
    return FIELDS_OF[kind].get(name) if kind in FIELDS_OF else None
