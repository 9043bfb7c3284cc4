"""The fictional case: made again byte for byte, written as promised, and true to its truth file."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from stdnum import casrn, iban, iso6346
from stdnum.at import uid
from stdnum.bg import vat as bg_vat
from stdnum.de import vat as de_vat
from stdnum.tr import vkn

FOLDER = Path(__file__).parents[2] / "examples" / "straits"
FILES = (
    "auftraege_2024.csv", "satislar.xlsx", "manifest.tsv", "payments.csv", "register.xlsx", "recoveries.csv",
    "certificates.csv", "packing_lists.csv", "replies.csv", "plate_RI-01.png",
)  # fmt: skip
TAX = {"DE": de_vat, "AT": uid, "BG": bg_vat, "TR": vkn}
Row = dict[str, str]


def _delimited(name: str, delimiter: str, encoding: str) -> list[Row]:
    text = (FOLDER / name).read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


@cache
def _sheet(name: str, sheet: str, header: int) -> list[Row]:
    rows = list(openpyxl.load_workbook(FOLDER / name)[sheet].iter_rows(values_only=True))
    return [{str(k): v or "" for k, v in zip(rows[header], row, strict=True)} for row in rows[header + 1 :]]


@cache
def _orders() -> list[Row]:
    return _delimited("auftraege_2024.csv", ";", "cp1252")


@cache
def _manifest() -> list[Row]:
    return _delimited("manifest.tsv", "\t", "utf-8")


@cache
def _payments() -> list[Row]:
    return _delimited("payments.csv", ",", "utf-8")


def _sales() -> list[Row]:
    return _sheet("satislar.xlsx", "Siparişler", 4)


def _statements() -> list[Row]:
    return _sheet("satislar.xlsx", "Kullanım beyanları", 2)


def _companies() -> list[Row]:
    return _sheet("register.xlsx", "Companies", 0)


@cache
def _truth() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((FOLDER / "truth.toml").read_text("utf-8"))


@cache
def _numbers() -> dict[str, str]:
    """Document number -> file."""
    return {
        **{row["Auftragsnr."]: "auftraege_2024.csv" for row in _orders()},
        **{row["Fatura No"]: "satislar.xlsx" for row in _sales()},
        **{row["B/L No."]: "manifest.tsv" for row in _manifest()},
    }


@cache
def _linked() -> set[frozenset[str]]:
    """Pairs of firms between which the register documents a link."""
    pairs = {frozenset((row["Company"], row["Owner"])) for row in _sheet("register.xlsx", "Owners", 0)}
    pairs |= {frozenset((row["Party"], row["Other party"])) for row in _sheet("register.xlsx", "Relations", 0)}
    together = defaultdict(set)
    for sheet, ref in (("Owners", "Owner ref."), ("Officers", "Officer ref.")):
        for row in _sheet("register.xlsx", sheet, 0):
            together[row[ref]].add(row["Company"])
    return pairs | {frozenset((a, b)) for firms in together.values() for a in firms for b in firms if a != b}


def _documents(part: str, code: str = "") -> set[str]:
    rows = _truth()[part]
    if part == "clear":
        return {d for row in rows for d in row["documents"] if not code or code in row["may_hit"]}
    return {str(row["document"]) for row in rows if not code or code in row["must_hit"]}


def test_made_again_the_bytes_are_the_same(tmp_path):
    subprocess.run([sys.executable, str(FOLDER / "make.py"), str(tmp_path)], check=True, cwd=tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {*FILES, "truth.toml"}
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


def test_order_book_is_windows_1252_with_decimal_commas():
    raw = (FOLDER / "auftraege_2024.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert raw.count(b"\r\n") == raw.count(b"\n") == len(_orders()) + 1
    assert all(row["Betrag"][-3] == "," and row["Datum"][2::3][:2] == ".." for row in _orders())


def test_manifest_has_three_scripts_and_valid_containers():
    names = "".join(row["Buyer"] + row["Consignee"] for row in _manifest())
    assert any("А" <= letter <= "я" for letter in names)
    assert any("\u0621" <= letter <= "\u064a" for letter in names)
    assert all(iso6346.calc_check_digit(row["Container No."][:-1]) == row["Container No."][-1] for row in _manifest())


def test_workbook_has_titles_merged_cells_and_text():
    sheet = openpyxl.load_workbook(FOLDER / "satislar.xlsx")["Siparişler"]
    assert sheet["A1"].value and sheet["A5"].value == "Sipariş No" and len(sheet.merged_cells.ranges) >= 5
    assert all(isinstance(row["Tarih"], str) and isinstance(row["Miktar"], str) for row in _sales())
    written = " ".join(row["Miktar"] for row in _sales())
    assert all(word in written for word in (" x 25 kg torba", " t", "L IBC", " adet"))


def test_counts_are_those_of_the_truth_file():
    lines = {"auftraege_2024.csv": len(_orders()), "satislar.xlsx": len(_sales()), "manifest.tsv": len(_manifest())}
    assert lines == _truth()["goods_lines"]
    assert 300 <= sum(lines.values()) <= 500
    assert len(_payments()) >= 150
    assert len(_documents("pattern")) >= 15
    assert len(set(_numbers()) - _documents("pattern") - _documents("clear")) >= 200


def test_every_document_of_the_truth_file_exists_once():
    for part in ("pattern", "beyond"):
        for row in _truth()[part]:
            assert _numbers()[str(row["document"])] == row["file"]
    assert _documents("clear") <= set(_numbers())
    named = [_documents(part) for part in ("pattern", "clear", "beyond")]
    assert sum(map(len, named)) == len(set().union(*named))


def test_what_may_hit_a_lookalike_is_of_one_soft_family():
    for row in _truth()["clear"]:
        assert {code[:3] for code in row["may_hit"]} == ({row["family"]} if row["family"] else set())
        assert row["family"] != "LAW"


def test_what_must_hit_makes_an_alert():
    for row in _truth()["pattern"]:
        families = {code[:3] for code in row["must_hit"]}
        assert "LAW" in families or len(families) >= 2


def test_ids_are_valid_and_in_ranges_never_issued():
    starts = {"DE": "DE99", "AT": "ATU99", "BG": "BG9999", "TR": "00"}
    for row in _companies():
        number, country = row["VAT no."], row["Country"]
        if number:
            assert TAX[country].is_valid(number) and number.startswith(starts[country]), row
    assert len({row["VAT no."] for row in _companies()} - {""}) == sum(row["VAT no."] != "" for row in _companies())
    assert len({row["Registration no."] for row in _companies()}) == len(_companies())
    assert all(iban.is_valid(row["Debtor IBAN"]) for row in _payments() if row["Debtor IBAN"])
    assert all(casrn.is_valid(row["CAS-Nr."]) for row in _orders() if row["CAS-Nr."])


def test_one_number_is_mistyped_and_one_borrowed():
    wrong = {
        row["Auftragsnr."] for row in _orders() if row["USt-IdNr."] and not TAX[row["Land"]].is_valid(row["USt-IdNr."])
    }
    assert len(wrong) == 1 and wrong <= _documents("clear", "CUS-10")
    owner = {row["VAT no."]: row["Company name"] for row in _companies() if row["VAT no."]}
    other = {
        row["Auftragsnr."]
        for row in _orders()
        if row["USt-IdNr."] in owner and row["Kunde"].split()[0] != owner[row["USt-IdNr."]].split()[0]
    }
    assert other & _documents("pattern", "CUS-10") and other <= _documents("pattern") | _documents("clear", "CUS-10")


def test_undocumented_payers_are_those_of_the_pattern():
    buyers = {row["Auftragsnr."]: row["Kunde"] for row in _orders()}
    buyers |= {row[no]: row["Alıcı"] for row in _sales() for no in ("Fatura No", "Sipariş No")}
    invoice = {row["Sipariş No"]: row["Fatura No"] for row in _sales()}
    linked = {frozenset(name.upper() for name in pair) for pair in _linked()}
    found = set()
    for row in _payments():
        for number in set(row["Remittance Information"].split()) & set(buyers):
            names = {row["Debtor"].upper(), row["Ultimate Debtor"].upper()}
            known = frozenset((row["Debtor"].upper(), buyers[number].upper())) in linked
            if buyers[number].upper() not in names and not known:
                found.add(invoice.get(number, number))
    renamed = {str(row["document"]) for row in _truth()["pattern"] if row["case"] == "linked-order"}
    assert found - renamed == _documents("pattern", "PAY-01")


def test_undocumented_consignees_are_those_of_the_pattern_or_said_to_be():
    rows = [(r["Auftragsnr."], r["Kunde"], r["Warenempfänger"]) for r in _orders()]
    rows += [(r["Fatura No"], r["Alıcı"], r["Teslim alan"]) for r in _sales()]
    linked = {frozenset(name.upper() for name in pair) for pair in _linked()}
    rows += [(r["B/L No."], r["Buyer"], r["Consignee"]) for r in _manifest()]
    found = {
        no for no, buyer, to in rows if to and to != buyer and frozenset((buyer.upper(), to.upper())) not in linked
    }
    assert found >= _documents("pattern", "SHP-01")
    assert found <= _documents("pattern") | _documents("clear", "SHP-01") | _documents("beyond")


def test_three_sellers_lead_to_one_consignee_and_to_no_other():
    rows = [(r["Verkäufer"], r["Kunde"], r["Warenempfänger"]) for r in _orders()]
    rows += [(r["Satıcı"], r["Alıcı"], r["Teslim alan"]) for r in _sales()]
    rows += [(r["Seller"], r["Buyer"], r["Consignee"]) for r in _manifest()]
    sellers = defaultdict(set)
    for seller, buyer, to in rows:
        if to and to != buyer:
            sellers[to.upper()].add(seller)
    assert {to for to, of in sellers.items() if len(of) >= 3} == {"VELMORA MOBILE EOOD"}


def _above(strength: str, limit: int) -> bool:
    """Whether a strength such as "%35" is above the limit; one that is no percentage counts as above."""
    return not strength.startswith("%") or float(strength[1:].replace(",", ".")) > limit


def test_restricted_goods_go_to_the_public_or_on_a_statement():
    declared = {(row["Alıcı"], row["CAS No"]) for row in _statements()}
    limits = {"7697-37-2": 3, "7722-84-1": 12, "7664-93-9": 15, "6484-52-2": 16}
    strong = [row for row in _sales() if row["CAS No"] in limits and _above(row["Derişim"], limits[row["CAS No"]])]
    without = {row["Fatura No"] for row in strong if (row["Alıcı"], row["CAS No"]) not in declared}
    assert len(strong) > 20 and len(without) == 1 and without <= _documents("pattern", "LAW-02")
    sold = [row for row in _orders() if row["CAS-Nr."] in limits]
    assert all(row["Kundenstatus"] == "Privatperson" or row["Konzentration"] in ("3 %", "6 %") for row in sold)
    assert not [row for row in _manifest() if row["HS Code"] in ("280700", "280800", "284700", "310230")]


def test_activities_of_the_pattern_have_peers_with_a_history():
    nace = {row["Company name"]: row["Activity (NACE Rev. 2)"] for row in _companies()}
    told = {str(row[role]) for row in _truth()["pattern"] for role in ("buyer", "consignee", "payer") if role in row}
    lines = Counter([row["Kunde"] for row in _orders()] + [row["Alıcı"] for row in _sales()])
    for activity in {nace[name] for name in told if name in nace}:
        peers = [name for name, code in nace.items() if code == activity and name not in told]
        assert len(peers) >= 8, activity
    assert sum(count >= 6 for count in lines.values()) >= 5


def test_no_country_sets_the_pattern_apart():
    seat = {row["Company name"]: row["Country"] for row in _companies()}
    pattern = {str(row["buyer"]) for row in _truth()["pattern"]} & set(seat)
    clear = {name for row in _truth()["clear"] if row["case"] != "own-trade" for name in row["firms"]} & set(seat)
    for country, count in Counter(seat[name] for name in pattern).items():
        assert sum(seat[name] == country for name in clear) >= count, country
        assert sum(there == country for there in seat.values()) >= 10, country
