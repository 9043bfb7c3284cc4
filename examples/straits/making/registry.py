"""What the registers know: companies, officers, owners with shares, and the contracts on file.

Natural persons appear as numbers only.
"""

from __future__ import annotations

from making.activities import ACTIVITIES
from making.cast import FIRMS, STORY, Firm
from making.draw import Draw

_LINKED = ("phone_shop", "car_hire", "consignee", "linked")
# owner, company, share in per cent, since
_SHARES = (
    ("holding", "phone_shop", 60, "2021-03-15"),
    ("holding", "car_hire", 55, "2021-03-15"),
    ("holding", "consignee", 100, "2022-09-01"),
    ("holding", "linked", 51, "2022-09-01"),
    ("group_bank", "group_de", 100, "2015-01-01"),
    ("group_bank", "group_at", 100, "2016-07-01"),
    ("group_bank", "group_tr", 80, "2018-04-01"),
    ("parent_bg", "child_bg", 100, "2017-05-02"),
    ("vat_parent", "vat_child", 100, "2014-10-01"),
)
_CONTRACTS = (
    ("group_bank", "group_de", "group treasury", "2015-01-01", "pays suppliers for group companies"),
    ("group_bank", "group_at", "group treasury", "2016-07-01", "pays suppliers for group companies"),
    ("group_bank", "group_tr", "group treasury", "2018-04-01", "pays suppliers for group companies"),
    ("factor", "factored", "factoring", "2022-01-10", "pays purchase invoices"),
    ("factor", "factored_bg", "factoring", "2023-02-01", "pays purchase invoices"),
    ("dropshipper", "drop_end", "drop shipment", "2021-06-01", "goods go straight to the customer"),
    ("dropshipper", "drop_end_bg", "drop shipment", "2022-03-01", "goods go straight to the customer"),
    ("toll_sender", "toll_worker", "toll processing", "2019-09-01", "parts are finished and returned"),
    ("toll_sender_tr", "toll_worker_bg", "toll processing", "2020-11-15", "parts are finished and returned"),
    ("buying_agent", "hardware_de", "buying agent", "2010-01-01", "orders and pays for members"),
    ("buying_agent", "hardware_at", "buying agent", "2012-01-01", "orders and pays for members"),
    ("forwarder", "relief", "agency", "2023-08-01", "receives goods for the society"),
    ("vat_parent", "vat_child", "group company", "2014-10-01", "one VAT group"),
)


def _listed() -> list[Firm]:
    return sorted((firm for firm in FIRMS if firm.listed), key=lambda f: Draw(f"shuffle:{f.key}").unit())


def companies() -> list[tuple[object, ...]]:
    """Return one row for each company. The member of a VAT group has no VAT number of its own."""
    return [
        (
            f.name, f.alias, f.registration, "" if f.key == "vat_child" else f.tax, f.nace, ACTIVITIES[f.nace].title,
            f.founded, f.address, f.town, f.country, "active",
        )
        for f in _listed()
    ]  # fmt: skip


def officers() -> list[tuple[object, ...]]:
    """Return the managing officer of each company; one person manages three of the linked firms."""
    rows: list[tuple[object, ...]] = []
    for firm in _listed():
        number = 90017 if firm.key in _LINKED and firm.key != "car_hire" else 91000 + firm.serial
        since = "2022-10-01" if number == 90017 else firm.founded
        rows.append((firm.name, firm.registration, f"Person {number}", f"P-{number}", "managing director", since, ""))
    return rows


def owners() -> list[tuple[object, ...]]:
    """Return who owns what: the shares of firms in firms, and of persons in some of the others."""
    rows: list[tuple[object, ...]] = [
        (STORY[c].name, STORY[c].registration, STORY[o].name, STORY[o].registration, share, since, "")
        for o, c, share, since in _SHARES
    ]
    owned = {company for _, company, _, _ in _SHARES}
    for firm in _listed():
        if firm.key not in owned and Draw(f"owned:{firm.key}").unit() < 0.4:
            number = 95000 + firm.serial
            rows.append((firm.name, firm.registration, f"Person {number}", f"P-{number}", 100, firm.founded, ""))
    return rows


def relations() -> list[tuple[object, ...]]:
    """Return the contracts on file."""
    return [
        (
            f"V-{400 + i}", STORY[a].name, STORY[a].registration, STORY[b].name, STORY[b].registration, how, since, "",
            notes,
        )
        for i, (a, b, how, since, notes) in enumerate(_CONTRACTS)
    ]  # fmt: skip
