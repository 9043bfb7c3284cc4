"""Writes what happened as the files of many systems, some rows missing, and the truth beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.network.custody import Archive, Item, Paper, weigh
from bench.network.plant import Flow, Junction
from bench.network.schemes import Scheme
from bench.network.trade import ORDER, Sale, Trade
from bench.network.world import Actor, all_goods, sizes
from bench.parties.dice import Dice
from bench.parties.entries import Clerk, Entry

Row = dict[str, Any]
REGISTERS = ("companies", "officers", "owners", "relations")
CUSTODY = ("certificates", "packing_lists", "replies", "recoveries")


@dataclass(slots=True)
class Planted:
    """A network with all that was planted in it."""

    trade: Trade
    archive: Archive
    flows: list[Flow] = field(default_factory=list)
    junctions: list[Junction] = field(default_factory=list)
    schemes: list[Scheme] = field(default_factory=list)


class Writer:
    """Writes one network at one rate of missing rows. Each system enters a firm once, in its own way."""

    def __init__(self, trade: Trade, archive: Archive, missing: float, seed: int) -> None:
        self.trade, self.archive, self.missing = trade, archive, missing
        # What is entered how does not depend on what is missing: the same firms, the same names, at every rate.
        self.clerk = Clerk(Dice(seed + 1), trade.world.firms)
        self.gaps = Dice(seed + 2)
        self.entered: dict[tuple[str, str], Entry] = {}
        self.kept: set[str] = set()  # numbers of the papers on record

    def write(self, folder: Path) -> list[Path]:
        """Write the files; returns them, those of custody last."""
        folder.mkdir(parents=True, exist_ok=True)
        books: dict[str, list[Row]] = {}
        bills: list[Row] = []
        for sale in sorted(self.trade.sales, key=lambda s: (s.day, s.no)):
            if sale.on == ORDER:
                books.setdefault(sale.seller.book, []).append(self._order(sale))
            else:
                bills.append(self._bill(sale))
        tables = {**dict(sorted(books.items())), "manifest": bills, "payments": self._payments(), **self._registers()}
        for name, on in (("certificates", "certificate"), ("packing_lists", "packing"), ("replies", "reply")):
            tables[name] = [self._paper(paper) for paper in self.archive.papers if paper.on == on]
        tables["recoveries"] = [_recovery(item) for item in self.archive.items]
        return [self._file(folder / f"{name}.csv", rows) for name, rows in tables.items() if rows]

    def _file(self, path: Path, rows: Sequence[Row]) -> Path:
        """One file; of all but what was found, rows go missing."""
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.DictWriter(
                file, [c for c in rows[0] if not c.startswith("*")], lineterminator="\n", extrasaction="ignore"
            )
            out.writeheader()
            for row in rows:
                # Drawn for every row, so that what is missing at ten per cent is missing at thirty too.
                gone = self.gaps.random() < self.missing
                if path.stem == "recoveries" or not gone:
                    out.writerow(row)
                    self.kept.add(row.get("*no", ""))
        return path

    def _entry(self, actor: Actor, system: str) -> Entry:
        """How a system has a firm: name, address, city, postcode, country, phone, e-mail, tax number."""
        if (actor.key, system) not in self.entered:
            entry = self.clerk.entry(actor.firm)
            rate = self.trade.world.size.get("tax_written", sizes("trade")["tax_written"])
            written = self.clerk.dice.chance(rate) or actor.part == "seller"
            tax = actor.firm.tax if written else None
            self.entered[actor.key, system] = (*entry[:2], actor.city, entry[3], actor.country, *entry[5:7], tax)
        return self.entered[actor.key, system]

    def _order(self, sale: Sale) -> Row:
        book = sale.seller.book
        seller, buyer, to = (self._entry(a, book) for a in (sale.seller, sale.buyer, sale.consignee))
        there = sale.consignee is not sale.buyer and sale.consignee_written
        return {
            "*no": sale.no, "Order No": sale.no, "Line": 1, "Order Date": sale.day,
            "Seller": seller[0], "Seller Country": seller[4], "Seller Tax Number": seller[7],
            "Customer Name": buyer[0], "Customer Address": buyer[1], "Customer City": buyer[2],
            "Customer Country": buyer[4], "Customer Phone": buyer[5], "Customer E-mail": buyer[6],
            "Customer Tax Number": buyer[7],
            **_goods(sale.goods.key, sale.quantity), "Amount": f"{sale.amount:.2f}", "Currency": "USD",
            "Manufacturer": self._entry(sale.maker, "register")[0] if sale.maker else "",
            "Consignee": (to if there else buyer)[0] if sale.consignee_written else "",
            "Consignee Address": (to if there else buyer)[1] if sale.consignee_written else "",
            "Consignee City": (to if there else buyer)[2] if sale.consignee_written else "",
            "Consignee Country": (to if there else buyer)[4] if sale.consignee_written else "",
            "Consignee Tax Number": (to if there else buyer)[7] if sale.consignee_written else "",
            "Lot No": sale.lot, "Serial No": sale.serial,
        }  # fmt: skip

    def _bill(self, sale: Sale) -> Row:
        shipper, buyer, to = (self._entry(a, "manifest") for a in (sale.seller, sale.buyer, sale.consignee))
        return {
            "*no": sale.no, "B/L No.": sale.no, "Line": 1, "Date": sale.day, "Order Ref.": sale.order,
            "Shipper": shipper[0], "Shipper Country": shipper[4], "Shipper Tax Number": shipper[7],
            "Buyer": buyer[0], "Buyer Country": buyer[4], "Buyer Tax Number": buyer[7],
            "Consignee": to[0], "Consignee Address": to[1], "Consignee City": to[2], "Consignee Country": to[4],
            "Consignee Tax Number": to[7],
            "Carrier": self._entry(sale.forwarder, "manifest")[0] if sale.forwarder else "",
            **_goods(sale.goods.key, sale.quantity), "Declared Value": f"{sale.amount:.2f}", "Currency": "USD",
            "Lot No": sale.lot, "Serial No": sale.serial,
        }  # fmt: skip

    def _payments(self) -> list[Row]:
        rows: list[Row] = []
        for paid in sorted(self.trade.payments, key=lambda p: (p.day, p.no)):
            payer, payee = self._entry(paid.payer, "bank"), self._entry(paid.payee, "bank")
            rows.append({
                "*no": paid.no, "Payment Ref.": paid.no, "Booking Date": paid.day, "Debtor": payer[0],
                "Debtor Country": payer[4], "Debtor Tax Number": payer[7], "Creditor": payee[0],
                "Creditor Tax Number": payee[7], "Amount": f"{paid.amount:.2f}", "Currency": "USD",
                "Remittance Information": f"Order {paid.order}",
            })  # fmt: skip
        return rows

    def _registers(self) -> dict[str, list[Row]]:
        tables: dict[str, list[Row]] = {name: [] for name in REGISTERS}
        for actor in self.trade.world.actors:
            entry = self._entry(actor, "register")
            tables["companies"].append({
                "Company name": entry[0], "Registration no.": f"REG {actor.firm.number:06d}", "VAT no.": actor.firm.tax,
                "Activity (NACE Rev. 2)": f"{actor.nace[:2]}.{actor.nace[2:]}", "Founded": actor.founded,
                "Address": entry[1], "City": entry[2], "Country": entry[4], "Status": "active",
            })  # fmt: skip
        for tie in self.trade.world.ties:
            named = {"Company": self._entry(tie.company, "register")[0],
                     "Registration no.": f"REG {tie.company.firm.number:06d}"}  # fmt: skip
            if tie.how == "officer":
                tables["officers"].append({
                    **named, "Officer": f"Person {str(tie.holder)[2:]}", "Officer ref.": tie.holder,
                    "Function": "managing director", "Since": tie.since,
                })  # fmt: skip
                continue
            assert isinstance(tie.holder, Actor)
            holder, ref = self._entry(tie.holder, "register")[0], f"REG {tie.holder.firm.number:06d}"
            if tie.how == "owner":
                tables["owners"].append(
                    {**named, "Owner": holder, "Owner ref.": ref, "Share %": tie.share, "Since": tie.since}
                )
            else:
                tables["relations"].append({
                    "Contract no.": f"V-{len(tables['relations']) + 400}",
                    "Party": holder, "Party registration no.": ref,
                    "Other party": named["Company"], "Other party registration no.": named["Registration no."],
                    "Relation": tie.how, "Since": tie.since,
                })  # fmt: skip
        return tables

    def _paper(self, paper: Paper) -> Row:
        source, target = self._entry(paper.source, "papers"), self._entry(paper.target, "papers")
        first = {
            "certificate": ("Certificate No", "Issue Date", "Exporter"),
            "packing": ("Packing List No", "Date", "Shipper"),
            "reply": ("Reply No", "Date", "Seller"),
        }[paper.on]
        second = "Buyer" if paper.on == "reply" else "Consignee"
        row = {
            "*no": paper.no, first[0]: paper.no, first[1]: paper.day,
            first[2]: source[0], f"{first[2]} Country": source[4], f"{first[2]} Tax Number": source[7],
            second: target[0], f"{second} Country": target[4], f"{second} Tax Number": target[7],
            **_goods(paper.goods, paper.quantity), "Lot No": paper.lot, "Serial No": paper.serial,
        }  # fmt: skip
        if paper.on != "packing":
            row["Manufacturer"] = self._entry(paper.maker, "papers")[0]
        if paper.on == "reply":
            row |= {"Source Reliability": paper.reliability, "Information Credibility": paper.credibility,
                    "Origin ID": paper.origin}  # fmt: skip
        return row


def _goods(key: str, pieces: int) -> Row:
    goods = all_goods()[key]
    return {"HS Code": goods.hs, "Description of Goods": goods.name, "Quantity": pieces, "Unit": goods.unit,
            "Net Weight (kg)": weigh(pieces, key)}  # fmt: skip


def _recovery(item: Item) -> Row:
    return {
        "Item No": item.no, "Recovery Date": item.day, "Place": item.town, "Country": item.country,
        "Description": all_goods()[item.goods].name, "Lot No": item.lot_read, "Serial No": item.serial_read,
        "Quantity": 1, "Unit": "pcs", "Photo": f"{item.no}.jpg",
        "Source Reliability": "B", "Information Credibility": 2, "Origin ID": f"field visit {item.no}",
    }  # fmt: skip


def truth(writer: Writer, planted: Planted, about: Row) -> str:
    """What was planted, as JSON. Firms are named by key; `firms` says how they are registered."""
    kept, actors = writer.kept, planted.trade.world.actors
    told = {
        **about,
        "firms": {a.key: {"number": f"REG {a.firm.number:06d}", "tax": a.firm.tax, "part": a.part} for a in actors},
        "junctions": [
            {"firms": _keys(j.firms), "goods": [all_goods()[g].hs for g in j.goods]} for j in planted.junctions
        ],
        "flows": [_flow(flow) for flow in planted.flows],
        # Heading, kg, town, and the hands the goods went through: all that happened, whatever is missing.
        "network": [[s.goods.hs[:4], s.mass, s.consignee.city, *_keys(s.way)] for s in planted.trade.sales],
        "items": [_item(item, kept) for item in planted.archive.items],
        "lots": [[p.lot, p.serial, p.source.key, p.target.key] for p in planted.archive.papers if p.no in kept]
        + [[s.lot, s.serial, s.seller.key, s.buyer.key] for s in planted.trade.sales if s.serial and s.no in kept],
        "schemes": [
            {
                "kind": scheme.kind,
                "orders": [order.no for order in scheme.orders],
                "firsts": {who: [d and str(d) for d in days] for who, days in scheme.firsts(kept).items()},
            }
            for scheme in planted.schemes
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def _keys(actors: Iterable[Actor]) -> list[str]:
    return [actor.key for actor in actors]


def _flow(flow: Flow) -> Row:
    return {
        "heading": all_goods()[flow.goods].hs[:4],
        "sources": _keys(flow.sources),
        "towns": flow.towns,
        "country": flow.country,
        "size": flow.size,
        "cut": _keys(flow.cut),
        "consignees": _keys(flow.consignees),
    }


def _item(item: Item, kept: Collection[str]) -> Row:
    steps = [
        {
            "from": link.source.key,
            "to": link.target.key,
            "papers": [number for number in link.papers if number in kept],
            "wrong": link.wrong,
        }
        for link in item.links
    ]
    return {"item": item.no, "story": item.story, "lot": item.lot, "lot_read": item.lot_read, "links": steps}
