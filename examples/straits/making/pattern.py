"""The orders that tell the published pattern: by roles and relations only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from making.cast import STORY, Firm
from making.orders import Order, lines


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be found on the documents of one case: codes that must hit, and codes that also may."""

    what: str
    must: tuple[str, ...]
    may: tuple[str, ...] = ()


EXPECTED: dict[str, Expected] = {
    "paste": Expected(
        "A mobile-phone shop orders six tonnes of aluminium pigment paste (heading 3212, not a listed substance).",
        ("CUS-03", "ORD-01"),
        ("DOC-02",),
    ),
    "third-payer": Expected(
        "A car-hire firm pays for motion controllers that an electronics firm ordered; they go to a phone shop.",
        ("PAY-01", "SHP-01"),
        ("SHP-02", "CUS-03"),
    ),
    "third-payer-again": Expected(
        "The same car-hire firm pays for motors that the same electronics firm ordered from another distributor.",
        ("PAY-01", "SHP-01", "SHP-02", "NET-03"),
        ("CUS-03",),
    ),
    "parts-to-shop": Expected(
        "Parts bought by one firm are consigned to an unrelated phone shop near the crossing.",
        ("SHP-01", "SHP-02", "NET-03"),
        ("CUS-03", "ORD-01"),
    ),
    "linked-order": Expected(
        "A firm with the owner and the officer of the shop in the register orders under another spelling at each "
        "distributor; the goods go to the shop.",
        ("SHP-02", "NET-03"),
        ("SHP-01", "CUS-03", "CUS-10", "ORD-01", "PAY-01"),
    ),
    "borrowed-number": Expected(
        "A firm that no register on file knows orders under the VAT number of another registered firm.",
        ("CUS-10", "SHP-01"),
        ("SHP-02", "NET-03", "CUS-03"),
    ),
    "no-statement": Expected(
        "A small firm orders a listed substance and no end-use statement is on file.", ("LAW-02",), ("ORD-01",)
    ),
    "late-statement": Expected(
        "The same firm orders another one; its statement came three weeks after the order and names no identity "
        "document.",
        ("LAW-02",),
        ("ORD-01",),
    ),
    "stale-statement": Expected(
        "A metal finisher orders on a statement that is older than one year.", ("LAW-02",), ("ORD-01",)
    ),
    "private-buyer": Expected(
        "A private buyer orders an Annex I substance above the limit and no licence is noted.", ("LAW-01",)
    ),
    "code-clash": Expected(
        "The description and CAS number name one substance, the HS code another; the goods go to the same shop.",
        ("DOC-02", "SHP-01"),
        ("SHP-02", "NET-03", "CUS-03"),
    ),
}

# Documents that only a strong comparison of names ties to the firms above: no test asks for them here.
BEYOND: dict[str, str] = {
    "other-script": "Consignees of the pattern written in Cyrillic and in Arabic script.",
    "other-spelling": "The consignee of the pattern under a spelling that is close to its name but not equal.",
}


def pattern_orders() -> list[Order]:
    """Return the orders of the pattern, and those that lie beyond exact names."""
    return [*_bulk_and_payer(), *_parts(), *_linked(), *_papers(), *_beyond()]


def _firm(key: str) -> Firm:
    return STORY[key]


def _bulk_and_payer() -> list[Order]:
    paid_by = _firm("car_hire")
    return [
        Order("S2", date(2024, 6, 18), _firm("phone_shop"), lines("paste 240"), case="paste", paid=True),
        Order(
            "S2", date(2024, 7, 2), _firm("proxy_de"), lines("controller 14"), _firm("phone_shop"), paid_by,
            "third-payer", paid=True,
        ),
        Order(
            "S1", date(2024, 8, 14), _firm("proxy_de"), lines("motor 9"), _firm("consignee"), paid_by,
            "third-payer-again", paid=True,
        ),
    ]  # fmt: skip


def _parts() -> list[Order]:
    shop = _firm("consignee")
    upper = shop.name.upper()
    case = "parts-to-shop"
    return [
        Order("S1", date(2024, 7, 9), _firm("proxy_at"), lines("ballscrew 12"), shop, case=case, paid=True),
        Order(
            "S2", date(2024, 7, 23), _firm("proxy_tr"), lines("airparts 14"), shop, case=case, consignee_as=upper,
            paid=True,
        ),
        Order("S3", date(2024, 8, 6), _firm("proxy_om"), lines("navset 7"), shop, case=case, consignee_as=upper),
    ]  # fmt: skip


def _linked() -> list[Order]:
    shop, firm, case = _firm("consignee"), _firm("linked"), "linked-order"
    return [
        Order(
            "S1", date(2024, 7, 16), firm, lines("bearing 160"), shop, case=case,
            buyer_as="Orvanta Electronic EOOD", paid=True,
        ),
        Order(
            "S2", date(2024, 8, 27), firm, lines("positioner 5"), shop, case=case,
            buyer_as="ORVANTA ELEKTRONİK LTD.", tax_as="", paid=True,
        ),
        Order(
            "S3", date(2024, 9, 10), firm, lines("connector 220"), shop, case=case,
            buyer_as=firm.alias, consignee_as=shop.name.upper(),
        ),
    ]  # fmt: skip


def _papers() -> list[Order]:
    shop = _firm("consignee")
    salt = lines("salt 40")[0]
    clash = replace(salt, text="POTASSIUM NITRATE, TECHNICAL, CAS 7757-79-1")
    acid = replace(lines("nitric 1")[0], concentration="53")
    return [
        Order(
            "S1", date(2024, 8, 20), _firm("borrower"), lines("regulator 16"), shop, case="borrowed-number",
            tax_as=_firm("lender").tax, paid=True,
        ),
        Order("S2", date(2024, 5, 14), _firm("small_firm"), lines("sulphuric 9"), case="no-statement", paid=True),
        Order("S2", date(2024, 10, 8), _firm("small_firm"), lines("nitric 6"), case="late-statement", paid=True),
        Order("S2", date(2024, 9, 17), _firm("stale_firm"), lines("nitric 7"), case="stale-statement", paid=True),
        Order("S1", date(2024, 4, 23), _firm("private_bare"), (acid,), case="private-buyer", status="Privatperson"),
        Order("S3", date(2024, 9, 24), _firm("proxy_tr"), (clash,), shop, case="code-clash"),
    ]  # fmt: skip


def _beyond() -> list[Order]:
    return [
        Order(
            "S3", date(2024, 10, 1), _firm("proxy_at"), lines("psu 30"), _firm("phone_shop"), case="other-script",
            consignee_as="بلكانسو للاتصالات",
        ),
        Order(
            "S3", date(2024, 9, 17), _firm("proxy_tr"), lines("psu 28"), _firm("consignee"), case="other-script",
            consignee_as=_firm("consignee").alias,
        ),
        Order(
            "S3", date(2024, 10, 15), _firm("proxy_om"), lines("pcb 110"), _firm("consignee"), case="other-spelling",
            consignee_as="Welmora Mobil Ltd",
        ),
    ]  # fmt: skip
