"""Recovered items and the papers about them: certificates, packing lists, written replies. All of it is invented.

Some chains are whole, one is broken, two are contradicted by their own papers, one can be read in two ways, and of one
item nothing is on record. Numbers of orders are those of the order books.
"""

from __future__ import annotations

from dataclasses import dataclass

from making.cast import STORY, Firm
from making.goods import GOODS
from making.papers import Deal
from making.write_text import delimited

# The makers stand in no register on file.
MAKERS: dict[str, Firm] = {
    "motor": Firm("maker_motor", "Halmgrund Antriebe GmbH", "", "DE", "Ostervahl", 901, listed=False),
    "controller": Firm("maker_controller", "Ostreval Steuerungen GmbH", "", "AT", "Oberwelsing", 902, listed=False),
    "paste": Firm("maker_paste", "Feldmark Pigmente GmbH", "", "DE", "Hallbrück", 903, listed=False),
    "connector": Firm("maker_connector", "Kessolin Steckverbinder GmbH", "", "DE", "Hallbrück", 904, listed=False),
    "bearing": Firm("maker_bearing", "Rondavel Wälzlager GmbH", "", "AT", "Sankt Wolmund", 905, listed=False),
    "positioner": Firm("maker_positioner", "Lagopa Positioniersysteme GmbH", "", "DE", "Ostervahl", 906, listed=False),
}

RECOVERIES = (
    "Item No", "Recovery Date", "Place", "Country", "Latitude", "Longitude", "Description", "HS Code", "Marking",
    "Lot No", "Serial No", "Quantity", "Unit", "Photo", "Manufacturer", "Source Reliability", "Information Credibility",
    "Origin ID", "Notes",
)  # fmt: skip
CERTIFICATES = (
    "Certificate No", "Date", "Invoice No", "Manufacturer", "Buyer", "Description", "HS Code", "Lot No", "Serial No",
    "Quantity", "Unit", "Date of Manufacture", "Source Reliability", "Information Credibility", "Origin ID",
)  # fmt: skip
PACKING = (
    "Packing List No", "Date", "Order No", "Seller", "Buyer", "Consignee", "Consignee Country", "Description",
    "HS Code", "Lot No", "Serial No", "Quantity", "Unit", "Source Reliability", "Information Credibility", "Origin ID",
)  # fmt: skip
REPLIES = (
    "Reply No", "Date", "Seller", "Buyer", "Buyer Status", "Consignee", "Description", "Lot No", "Serial No",
    "Quantity",
    "Unit", "Source Reliability", "Information Credibility", "Origin ID", "Notes",
)  # fmt: skip

_PLACES = {
    "road": ("Mostova depot, east of Dolna Tarsimel", "BG", "42.118", "25.407"),
    "yard": ("Yard at the crossing, Tarsimel Kapısı", "TR", "41.902", "26.611"),
    "store": ("Store room, Sur Halmeen", "OM", "23.117", "57.884"),
}


@dataclass(frozen=True, slots=True)
class Find:
    """A recovered item: its number, its goods, day and place, what stands on it, how many."""

    number: str
    goods: str
    day: str
    place: str
    marking: str
    lot: str
    serial: str
    quantity: str
    unit: str
    photo: str = ""
    maker: bool = True
    grade: str = "B2"


FINDS = (
    Find("RI-01", "motor", "2025-01-20", "road", "Type HG-1500, lot and serial on the plate", "LOT 7F3 22", "12O417",
         "1",
         "pcs", "plate_RI-01.png"),
    Find("RI-02", "controller", "2025-02-10", "yard", "Rating plate, back", "", "S/N KV20-00318", "1", "pcs"),
    Find("RI-03", "paste", "2024-11-28", "yard", "Pail label", "Batch P4-118O", "", "50", "kg"),
    Find("RI-04", "connector", "2025-01-31", "road", "Carton label", "KS-2231-B", "", "40", "pcs"),
    Find("RI-05", "controller", "2024-12-12", "road", "Carton label", "MC 05/22", "", "2", "pcs"),
    Find("RI-06", "positioner", "2024-09-05", "road", "Engraved", "", "LP-00771", "1", "pcs"),
    Find("RI-07", "bearing", "2024-12-03", "store", "Carton label", "B5-11?2", "", "24", "pcs"),
    Find("RI-08", "motor", "2024-10-22", "road", "Plate worn off", "", "", "1", "pcs", maker=False, grade="C3"),
    Find("RI-09", "controller", "2025-02-14", "road", "Rating plate, back", "", "KV20 00318", "1", "pcs", grade="C3"),
)  # fmt: skip


def custody_files(deals: list[Deal]) -> dict[str, bytes]:
    """Return the files of the recovered items and their papers."""
    number = {(deal.order.case, deal.order.book): deal.number for deal in deals if deal.order.case}
    return {
        "recoveries.csv": delimited(RECOVERIES, [_find(one) for one in FINDS], ",", "\n").encode(),
        "certificates.csv": delimited(CERTIFICATES, _certificates(), ",", "\n").encode(),
        "packing_lists.csv": delimited(PACKING, _packing(number), ",", "\n").encode(),
        "replies.csv": delimited(REPLIES, _replies(), ",", "\n").encode(),
    }


def _find(one: Find) -> tuple[object, ...]:
    good = GOODS[one.goods]
    return (
        one.number, one.day, *_PLACES[one.place], good.en, good.cn[:6], one.marking, one.lot, one.serial, one.quantity,
        one.unit, one.photo, MAKERS[one.goods].name if one.maker else "", *one.grade, f"FIELD-{one.number[-2:]}", "",
    )  # fmt: skip


def _certificates() -> list[tuple[object, ...]]:
    def row(
        number: str, day: str, invoice: str, goods: str, buyer: str, lot: str, serial: str, much: str, unit: str,
        made: str,
        origin: str = "",
    ) -> tuple[object, ...]:  # fmt: skip
        good = GOODS[goods]
        return (number, day, invoice, MAKERS[goods].name, STORY[buyer].name, good.de, good.cn, lot, serial, much, unit,
                made, "A", "2", origin)  # fmt: skip

    return [
        row("WZ-24-0117", "2024-03-04", "HG-88120", "motor", "seller_de", "7F3-22", "120300-120499", "200", "St",
            "2024-02-20", "HALMGRUND-ARCHIVE"),
        row("WZ-24-0231", "2024-04-15", "OS-5521", "controller", "seller_tr", "", "KV20-00300 to KV20-00339", "40",
            "St",
            "2024-04-02"),
        row("AZ-9917", "2024-05-06", "FP-1180", "paste", "seller_tr", "P4-1180", "", "4", "t", "2024-04-22"),
        row("AZ-9925", "2024-05-27", "FP-1188", "paste", "seller_tr", "P4-1180", "", "3", "t", "2024-04-22"),
        row("UZ-3340", "2024-05-20", "KS-7001", "connector", "seller_om", "KS-2231-B", "", "800", "St", "2024-05-02"),
        row("WZ-24-0260", "2024-05-13", "OS-5580", "controller", "seller_tr", "MC-0522", "", "40", "St", "2024-05-06"),
        row("WZ-24-0302", "2024-06-10", "LG-2071", "positioner", "seller_tr", "", "LP-00771; LP-00772; LP-00773", "3",
            "St", "2024-05-29"),
        row("WZ-24-0188", "2024-03-25", "RW-0440", "bearing", "seller_de", "B5-1102", "", "400", "St", "2024-03-11"),
    ]  # fmt: skip


def _packing(number: dict[tuple[str, str], str]) -> list[tuple[object, ...]]:
    def row(
        paper: str, day: str, order: str, goods: str, hands: str, lot: str, serial: str, much: str, unit: str,
        grade: str = "B2", origin: str = "",
    ) -> tuple[object, ...]:  # fmt: skip
        good = GOODS[goods]
        parties = [MAKERS[goods] if key == "maker" else STORY[key] for key in hands.split()]
        to = parties[2] if len(parties) > 2 else None
        return (
            paper, day, order, parties[0].name, parties[1].name, "" if to is None else to.name,
            (to or parties[1]).country, good.en, good.cn[:6], lot, serial, much, unit, *grade, origin,
        )  # fmt: skip

    third, paste = number["third-payer", "S2"], number["paste", "S2"]
    return [
        row("HG-L-88120", "2024-03-05", "HG-88120", "motor", "maker seller_de", "7F3/22", "120300-120499", "200", "pcs",
            origin="HALMGRUND-ARCHIVE"),
        row("VO-L-4410", "2024-08-16", number["third-payer-again", "S1"], "motor", "seller_de proxy_de consignee",
            "7F3-22", "120411-120419", "9", "pcs"),
        row("KD-L-0731", "2024-07-04", third, "controller", "seller_tr proxy_de phone_shop", "",
            "KV20-00310 - KV20-00323", "14", "pcs"),
        row("KD-L-0702", "2024-06-20", paste, "paste", "seller_tr phone_shop", "P4 1180", "", "240 x 25 kg", ""),
        row("KS-L-7001", "2024-05-21", "KS-7001", "connector", "maker seller_om", "KS2231B", "", "800", "pcs"),
        row("KD-L-0750", "2024-07-22", "", "controller", "seller_tr proxy_de phone_shop", "MC-0522", "", "30", "pcs"),
        row("KD-L-0761", "2024-08-05", "", "controller", "seller_tr proxy_tr consignee", "MC-O522", "", "25", "pcs"),
        row("KD-L-0790", "2024-09-12", number["linked-order", "S2"], "positioner", "seller_tr linked consignee", "",
            "LP-00771", "1", "pcs"),
        row("VO-L-4388", "2024-07-18", number["linked-order", "S1"], "bearing", "seller_de linked consignee", "B5-1102",
            "", "160", "pcs"),
        row("VO-L-4395", "2024-07-25", "", "bearing", "seller_de group_de", "B5 1102", "", "200", "pcs"),
    ]  # fmt: skip


def _replies() -> list[tuple[object, ...]]:
    shop, buyer = STORY["phone_shop"].name, STORY["proxy_tr"].name
    return [
        ("SR-01", "2025-02-03", shop, STORY["private_thinner"].name, "private", "", GOODS["paste"].en, "P4-1180", "",
         "2 x 25 kg", "", "C", "3", "", "Two pails were sold over the counter in October 2024."),
        ("SR-02", "2025-02-17", buyer, STORY["consignee"].name, "business", "", GOODS["connector"].en, "KS-2231-B", "",
         "400", "pcs", "C", "3", "", "Sent to the shop in September 2024; the supplier's papers are not at hand."),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """The likeliest chain of an item: who held it, by key, and the state of each link; and what else is to be said."""

    item: str
    what: str
    holders: str
    states: str
    last: str
    others: str = ""
    note: str = ""


EXPECTED = (
    Expected("RI-01", "A whole chain; the lot is written forgivingly, and the serial number with a letter O.",
             "maker seller_de proxy_de consignee", "documented documented documented missing", "consignee"),
    Expected("RI-02", "A whole chain by a range of serial numbers; a second item bears the same number.",
             "maker seller_tr proxy_de phone_shop", "documented documented documented missing", "phone_shop",
             note="same serial"),
    Expected("RI-03", "A whole chain in tonnes, pails and kilograms to a private individual, who is not named.",
             "maker seller_tr phone_shop private_thinner", "documented documented documented missing",
             "private_thinner"),
    Expected("RI-04", "A broken chain: nothing shows how the lot came to the firm that says it gave it on.",
             "maker seller_om proxy_tr consignee", "documented missing documented missing", "seller_om"),
    Expected("RI-05", "A lot that grows: 40 pieces received, 55 given.",
             "maker seller_tr proxy_de phone_shop", "documented contradicted documented missing", "seller_tr",
             "maker seller_tr proxy_tr consignee"),
    Expected("RI-06", "A packing list dated after the piece was found.",
             "maker seller_tr linked consignee", "documented contradicted contradicted missing", "seller_tr"),
    Expected("RI-07", "Two chains fit a lot that can only be read in part.",
             "maker seller_de group_de", "inferred inferred missing", "maker",
             "maker seller_de linked consignee", note="mark"),
    Expected("RI-08", "Nothing can be read on it and nothing is on record.", "", "missing", "", note="no mark"),
    Expected("RI-09", "The other item with that serial number.",
             "maker seller_tr proxy_de phone_shop", "documented documented documented missing", "phone_shop",
             note="same serial"),
)  # fmt: skip


def custody_truth() -> list[str]:
    """Return what is to come of each item, as sections of the truth file."""
    goods = {one.number: one.goods for one in FINDS}
    return [_section(one, MAKERS[goods[one.item]]) for one in EXPECTED]


def _section(one: Expected, maker: Firm) -> str:
    def names(keys: str) -> str:
        firms = [maker if key == "maker" else STORY[key] for key in keys.split()]
        return "[" + ", ".join(f'"{_outside(firm)}"' for firm in firms) + "]"

    states = ", ".join(f'"{state}"' for state in one.states.split())
    last = "" if not one.last else _outside(maker if one.last == "maker" else STORY[one.last])
    return (
        f'[[custody]]\nitem = "{one.item}"\nwhat = "{one.what}"\nholders = {names(one.holders)}\nstates = [{states}]\n'
        f'last = "{last}"\nalso = {names(one.others)}\nnote = "{one.note}"\n'
    )


def _outside(firm: Firm) -> str:
    """What a party is called where it leaves the case."""
    return "a private individual" if firm.name.startswith("Privatkunde") else firm.name
