"""Innocent orders that look like the pattern from one side. Each may hit indicators of one soft family at most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from making.cast import STORY, Firm
from making.orders import Line, Order, lines


@dataclass(frozen=True, slots=True)
class Clear:
    """Why the documents of one case are innocent, and which codes, all of one family, may yet hit."""

    why: str
    may: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The one soft family that may hit, or ""."""
        return self.may[0][:3] if self.may else ""


CLEAR: dict[str, Clear] = {
    "group-treasury": Clear("The treasury firm of the group pays; the register extract documents the agreement."),
    "trading-house": Clear("A non-specialised wholesaler buys many unlike goods: that is its trade.", ("CUS-03",)),
    "farm-in-season": Clear("Large fertiliser loads each season, with the statement in order.", ("ORD-01",)),
    "hospital": Clear("Many listed items in laboratory quantities, with statements in order."),
    "university": Clear("Many listed items in laboratory quantities, with statements in order."),
    "drop-shipper": Clear("Goods go to the end customer under a drop-shipment contract on file.", ("CUS-03",)),
    "toll-processor": Clear("Goods go to a toll processor under a contract on file.", ("SHP-02",)),
    "factoring": Clear("The factor pays under a factoring contract on file."),
    "water-utility": Clear("Bulk for treatment works, professional user, statement in order.", ("ORD-01",)),
    "hairdresser-wholesale": Clear(
        "Hair preparations at or below the limit, from a wholesaler of them. One line gives the CAS number of an "
        "ingredient beside the heading of the preparation.",
        ("DOC-02",),
    ),
    "phone-shop-phones": Clear("A phone shop stocks up on phones before the holidays.", ("ORD-01",)),
    "car-hire-tyres": Clear("A car-hire firm buys tyres and pays its own invoices."),
    "parcel-depot": Clear(
        "The consignee is a parcel depot (warehousing) that hands on for others.", ("SHP-01", "SHP-02")
    ),
    "forwarder": Clear("The consignee is a freight forwarder that handles goods for others.", ("SHP-01", "SHP-02")),
    "similar-name": Clear("The name resembles a firm of the pattern; number, seat and owners are others."),
    "modest-doubling": Clear("A paint maker doubles its usual quantity once.", ("ORD-01",)),
    "private-below-limit": Clear("A private buyer, and the concentration is at or below the limit of Annex I."),
    "private-with-licence": Clear("A private buyer with a licence that covers the item and the day."),
    "typing-error": Clear("Two digits of the VAT number are swapped; all else agrees with the register.", ("CUS-10",)),
    "vat-group": Clear("The firm orders under the number of its VAT group, which is on file.", ("CUS-10",)),
    "payment-service": Clear("A payment service pays and names the buyer as ultimate debtor."),
    "buying-agent": Clear("A buying agent pays for its members under an agency contract on file.", ("CUS-03",)),
    "project-site": Clear("The builder has the goods brought to a building site.", ("SHP-01", "SHP-02")),
    "parent-pays": Clear("The owner on the register pays for its subsidiary."),
    "homonym": Clear(
        "The trade name contains the name of a listed substance; the goods are something else.", ("CUS-03",)
    ),
    "other-tariff-code": Clear("Fertiliser declared under the neighbouring subheading.", ("DOC-02",)),
    "three-sellers": Clear("A large shop buys for itself from three distributors.", ("NET-03",)),
    "relief-society": Clear("A relief society buys outside any trade; a forwarder acts as its agent.", ("CUS-03",)),
    "unknown-strength": Clear("Only a density is stated, so that the concentration is unknown; statement in order."),
    "own-trade": Clear("Ordinary purchases of the firms that also occur in the pattern.", ("NET-03",)),
}


def lookalike_orders() -> list[Order]:
    """Return the orders of all innocent look-alikes."""
    return [*_groups(), *_traders_and_farms(), *_laboratories(), *_carriers(), *_shops(), *_private(), *_numbers()]


def _firm(key: str) -> Firm:
    return STORY[key]


def _order(
    case: str, book: str, day: tuple[int, int], buyer: str, goods: str, to: str = "", payer: str = "", year: int = 2024
) -> Order:
    return Order(
        book,
        date(year, *day),
        _firm(buyer),
        lines(goods),
        _firm(to) if to else None,
        _firm(payer) if payer else None,
        case,
        paid=None if book == "S3" else True,
    )


def _groups() -> Iterator[Order]:
    case, bank = "group-treasury", "group_bank"
    yield _order(case, "S1", (2, 13), "group_de", "motor 8, bearing 110", payer=bank)
    yield _order(case, "S1", (6, 25), "group_de", "controller 11", payer=bank)
    yield _order(case, "S1", (10, 8), "group_de", "motor 7", payer=bank)
    yield _order(case, "S1", (5, 7), "group_at", "titanwhite 24, paste 6", payer=bank)
    yield _order(case, "S1", (9, 3), "group_at", "alkyd 3", payer=bank)
    yield _order(case, "S2", (7, 30), "group_tr", "controller 10, regulator 14", payer=bank)
    yield _order(case, "S2", (11, 12), "group_tr", "ballscrew 9", payer=bank)
    yield _order("factoring", "S2", (3, 19), "factored", "motoroil 10, tyre 22", payer="factor")
    yield _order("factoring", "S2", (9, 24), "factored", "carbattery 8", payer="factor")
    yield _order("factoring", "S2", (6, 4), "factored_bg", "antifreeze 8", payer="factor")
    yield _order("buying-agent", "S1", (4, 9), "hardware_de", "screw 50, filler 18", payer="buying_agent")
    yield _order("buying-agent", "S1", (8, 27), "hardware_at", "dispersion 12", payer="buying_agent")
    yield _order("parent-pays", "S2", (5, 21), "child_bg", "ironoxide 16, alkyd 3", payer="parent_bg")
    yield _order("parent-pays", "S2", (12, 3), "child_bg", "paste 5", payer="parent_bg")
    first = _order("payment-service", "S1", (3, 12), "webshop", "phonecase 140", payer="pay_service")
    again = _order("payment-service", "S1", (11, 5), "webshop", "headset 38, usbcable 120", payer="pay_service")
    yield from (replace(first, on_behalf=True), replace(again, on_behalf=True))


def _traders_and_farms() -> Iterator[Order]:
    case = "trading-house"
    yield _order(case, "S1", (2, 20), "trader_de", "workglove 100, tyre 24")
    yield _order(case, "S1", (4, 16), "trader_de", "phonecase 150")
    yield _order(case, "S1", (7, 11), "trader_de", "paste 6, examglove 200")
    yield _order(case, "S1", (11, 19), "trader_de", "bearing 120")
    yield _order(case, "S2", (3, 26), "trader_tr", "cement 80, charger 60")
    yield _order(case, "S2", (6, 11), "trader_tr", "motor 8")
    yield _order(case, "S2", (10, 22), "trader_tr", "tape 120, titanwhite 24")
    case = "farm-in-season"
    yield _order(case, "S2", (3, 5), "farm_bg", "ammonit 22, urea 12")
    yield _order(case, "S2", (9, 26), "farm_bg", "npk 14")
    yield _order(case, "S2", (2, 18), "farm_bg", "ammonit 24, urea 12", year=2025)
    yield _order("similar-name", "S2", (3, 14), "farm_tr", "urea 8, seed 12")
    yield _order("similar-name", "S2", (10, 3), "farm_tr", "hose 11")
    can = lines("can 9")[0]
    coded = replace(can, cn="31024010")
    bulk = Order(
        "S2", date(2024, 2, 27), _firm("coop_tr"), (coded, *lines("urea 14")), case="other-tariff-code", paid=True
    )
    yield bulk
    yield _order("water-utility", "S2", (4, 4), "water_bg", "peroxide 3, pac 4")
    yield _order("water-utility", "S2", (8, 8), "water_bg", "bleach 30, pac 4")
    yield _order("water-utility", "S2", (5, 30), "water_tr", "peroxide 2, lye 20")
    yield _order("water-utility", "S2", (12, 12), "water_tr", "pump 3, bleach 24")


def _laboratories() -> Iterator[Order]:
    yield _order("hospital", "S2", (4, 11), "hospital", "peroxidelab 4, nitriclab 3, sulphuriclab 3, acetonelab 10")
    yield _order("hospital", "S1", (7, 4), "hospital", "examglove 220, disinfectant 20")
    yield _order("hospital", "S2", (2, 29), "hospital_tr", "peroxidelab 5, nitriclab 4, acetonelab 12, examglove 200")
    yield _order("hospital", "S2", (2, 6), "hospital_tr", "peroxidelab 4, disinfectant 18", year=2025)
    yield _order("university", "S1", (4, 18), "university", "acetonelab 12, hexamine 1, saltpetre 1, labglass 40")
    yield _order("university", "S2", (10, 10), "university", "nitriclab 4, sulphuriclab 4")
    yield _order("university", "S2", (5, 16), "university_tr", "nitriclab 5, peroxidelab 4, ethanol 6")
    yield _order("university", "S2", (11, 21), "university_tr", "hexamine 1, sulphuriclab 4, labglass 36")
    weak = replace(lines("nitric 5")[0], concentration="d=1,2")
    yield Order("S2", date(2024, 6, 27), _firm("coater_tr"), (weak,), case="unknown-strength", paid=True)


def _carriers() -> Iterator[Order]:
    yield _order("drop-shipper", "S1", (3, 7), "dropshipper", "motor 6", to="drop_end")
    yield _order("drop-shipper", "S1", (7, 18), "dropshipper", "regulator 14", to="drop_end")
    yield _order("drop-shipper", "S1", (10, 1), "dropshipper", "psu 28", to="drop_end_bg")
    yield _order("toll-processor", "S1", (5, 2), "toll_sender", "bearing 120", to="toll_worker")
    yield _order("toll-processor", "S1", (9, 12), "toll_sender", "ballscrew 10", to="toll_worker")
    yield _order("toll-processor", "S2", (8, 1), "toll_sender_tr", "ballscrew 9", to="toll_worker_bg")
    yield _order("parcel-depot", "S1", (6, 6), "depot_at", "motor 8", to="depot")
    yield _order("parcel-depot", "S1", (9, 19), "depot_at", "controller 10", to="depot")
    yield _order("parcel-depot", "S2", (7, 25), "depot_tr", "psu 30, connector 180", to="depot")
    yield _order("forwarder", "S2", (5, 23), "phone_om", "charger 60", to="forwarder")
    shipped = _order("forwarder", "S3", (9, 5), "phone_om", "usbcable 110", to="forwarder")
    yield replace(shipped, seller="maker_de")
    yield _order("relief-society", "S2", (2, 22), "relief", "powerbank 40", to="forwarder")
    yield _order("relief-society", "S2", (8, 15), "relief", "pump 3", to="forwarder")
    site = "Baustelle Neue Markthalle"
    built = _order("project-site", "S1", (5, 15), "builder_de", "cement 90, screw 50", to="builder_de")
    yield replace(built, consignee_as=site)
    built = _order("project-site", "S2", (9, 30), "builder_tr", "cement 80", to="builder_tr")
    yield replace(built, consignee_as="Liman Konutları Şantiyesi")


def _shops() -> Iterator[Order]:
    case = "phone-shop-phones"
    for month, packs in ((2, 22), (4, 26), (6, 24), (8, 20), (10, 25), (11, 110)):
        yield _order(case, "S2", (month, 19), "phone_om", f"phone {packs}")
    yield _order("similar-name", "S2", (4, 25), "phone_tr", "phone 20, phonecase 150")
    yield _order("similar-name", "S2", (9, 9), "phone_tr", "charger 55")
    yield _order("similar-name", "S3", (6, 20), "phone_bg", "powerbank 38")
    yield _order("similar-name", "S2", (11, 7), "phone_bg", "headset 40")
    yield _order("car-hire-tyres", "S1", (3, 21), "car_hire_at", "tyre 24")
    yield _order("car-hire-tyres", "S1", (10, 17), "car_hire_at", "tyre 28, antifreeze 8")
    yield _order("car-hire-tyres", "S2", (4, 2), "car_hire_tr", "tyre 26, childseat 9")
    yield _order("car-hire-tyres", "S2", (11, 14), "car_hire_tr", "carbattery 8")
    case = "hairdresser-wholesale"
    strong = replace(lines("developer 20")[0], text="Oxidant-Emulsion 12 %", concentration="12")
    named = replace(strong.good, cas="7722-84-1", concentration="6")
    both = (strong, Line(named, 24))
    yield Order("S1", date(2024, 5, 29), _firm("hairdresser"), both, case=case, paid=True)
    yield _order(case, "S1", (9, 25), "hairdresser", "developer 26, shampoo 20")
    yield _order("three-sellers", "S1", (3, 28), "big_shop", "screw 55")
    yield _order("three-sellers", "S2", (6, 13), "big_shop", "dispersion 12")
    yield _order("three-sellers", "S3", (8, 22), "big_shop", "workglove 100")
    yield _order("three-sellers", "S3", (11, 26), "big_shop", "screw 50")
    yield _order("homonym", "S1", (6, 19), "hardware_de", "nitrothinner 5, remover 20")
    for month, packs in ((1, 6), (3, 6), (4, 7), (6, 6), (8, 5), (10, 6), (11, 12)):
        yield _order("modest-doubling", "S1", (month, 24 if month != 3 else 22), "doubler", f"paste {packs}")


def _private() -> Iterator[Order]:
    def sale(case: str, day: date, buyer: str, goods: str, strength: str, text: str = "") -> Order:
        line = replace(lines(goods)[0], concentration=strength, text=text)
        return Order("S1", day, _firm(buyer), (line,), case=case, status="Privatperson", paid=False)

    case = "private-below-limit"
    yield sale(case, date(2024, 3, 15), "private_mild", "peroxidemild 2", "11,9")
    yield sale(case, date(2024, 9, 13), "private_mild", "peroxidemild 3", "12")
    yield sale(case, date(2024, 5, 17), "private_acid", "batteryacid 1", "14,9", "Schwefelsäure, verdünnt")
    yield sale("homonym", date(2024, 7, 26), "private_thinner", "nitrothinner 1", "")
    licensed = sale("private-with-licence", date(2024, 6, 28), "private_licensed", "peroxidelab 2", "30")
    yield replace(licensed, licence=("GEN-AT-9917", date(2025, 5, 31)))


def _numbers() -> Iterator[Order]:
    wrong = _order("typing-error", "S1", (4, 30), "typo", "bearing 110")
    yield replace(wrong, tax_as="mistyped")
    yield _order("typing-error", "S1", (10, 29), "typo", "motor 7")
    member = _order("vat-group", "S1", (6, 12), "vat_child", "degreaser 8, soda 18")
    yield replace(member, tax_as=_firm("vat_parent").tax)
    yield _order("vat-group", "S1", (2, 8), "vat_parent", "degreaser 9")
