"""Drafts of requests: whole as text, HTML and DOCX, with photographs, without names of private individuals."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from narrows import api
from narrows.errors import NotFound, UsageError
from narrows.settings import Settings

RECOVERIES = """Item No,Recovery Date,Place,Description,HS Code,Lot No,Quantity,Unit,Photo,Manufacturer
RI-1,2024-11-20,Mostova depot,Electric motor <A&B>,850152,7F3-22,1,pcs,plate.png,Halmgrund Antriebe GmbH
RI-2,2024-11-21,Mostova depot,Electric motor,850152,ZZ-91,1,pcs,,
"""
PACKING = """Packing List No,Date,Seller,Buyer,Consignee,Description,HS Code,Lot No,Quantity,Unit
PL-1,2024-08-16,Vessmark Handel GmbH,Quendrass GmbH,Velmora EOOD,Electric motor,850152,7F3-22,9,pcs
PL-2,2024-03-16,Halmgrund Antriebe GmbH,Vessmark Handel GmbH,,Electric motor,850152,7F3-22,200,pcs
"""
PLATE = Path(__file__).parents[2] / "examples" / "straits" / "plate_RI-01.png"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[api.Case]:
    (tmp_path / "recoveries.csv").write_text(RECOVERIES, "utf-8")
    (tmp_path / "packing_lists.csv").write_text(PACKING, "utf-8")
    (tmp_path / "plate.png").write_bytes(PLATE.read_bytes())
    with api.new(tmp_path / "case", settings=Settings(who="R. Reader", epoch=1_750_000_000)) as found:
        for name in ("recoveries.csv", "packing_lists.csv", "plate.png"):
            found.load(tmp_path / name)
        found.resolve()
        found.trace()
        yield found


def test_the_text_holds_all_that_a_request_needs(case: api.Case, tmp_path: Path) -> None:
    request = case.draft_request("RI-1", tmp_path / "r.txt")
    told = (tmp_path / "r.txt").read_text("utf-8")
    plain = " ".join(told.split())
    for part in (
        "Draft. Nothing has been sent", "To: Velmora EOOD", "7F3-22", "Mostova depot", "recoveries.csv:2",
        "Please send us your papers", "within 28 days", "by 2025-07-13", "Right of reply",
        "No answer is not taken as a sign of anything", "no inference of malpractice",
        "9 pieces from Quendrass GmbH to you",
        "packing list PL-1 (packing_lists.csv:2)", "Photographs: plate.png",
    ):  # fmt: skip
        assert part in plain, part
    assert "Halmgrund Antriebe GmbH to" not in plain  # what others did stays in the case
    assert (request.request, request.state) == ("R-1", "documented")


def test_html_is_one_file_with_the_photograph_inside(case: api.Case, tmp_path: Path) -> None:
    case.draft_request("RI-1", tmp_path / "r.html")
    told = (tmp_path / "r.html").read_text("utf-8")
    assert "Electric motor &lt;A&amp;B&gt;" in told and "data:image/png;base64," in told
    assert "http://" not in told and "https://" not in told and "<script" not in told


def test_docx_is_a_sound_package_with_the_photograph_inside(case: api.Case, tmp_path: Path) -> None:
    case.draft_request("RI-1", tmp_path / "r.docx")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "r.docx").read_bytes())) as archive:
        names = set(archive.namelist())
        trees = {n: ElementTree.fromstring(archive.read(n)) for n in names if n.endswith((".xml", ".rels"))}
        assert archive.read("word/media/image1.png") == PLATE.read_bytes()
    text = "".join(trees["word/document.xml"].itertext())
    assert "Electric motor <A&B>" in text and "Right of reply" in text
    targets = {relation.get("Target") for relation in trees["word/_rels/document.xml.rels"]}
    assert {f"word/{target}" for target in targets} <= names
    parts = {override.get("PartName") for override in trees["[Content_Types].xml"]} - {None}
    assert {str(part).lstrip("/") for part in parts} <= names


@pytest.mark.parametrize("ending", ["txt", "html", "docx"])
def test_the_same_request_gives_the_same_bytes(case: api.Case, tmp_path: Path, ending: str) -> None:
    one, other = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    case.draft_request("RI-1", one)
    case.draft_request("RI-1", other)
    assert one.read_bytes() == other.read_bytes() and len(case.requests()) == 1


def test_another_party_can_be_asked(case: api.Case, tmp_path: Path) -> None:
    key = next(row["party"] for row in case.table("parties").rows() if row["name"] == "Vessmark Handel GmbH")
    case.draft_request("RI-1", tmp_path / "r.txt", to=key)
    told = " ".join((tmp_path / "r.txt").read_text("utf-8").split())
    assert "To: Vessmark Handel GmbH" in told and "200 pieces from Halmgrund Antriebe GmbH to you" in told
    assert "Velmora" not in told


def test_what_cannot_be_asked_is_said(case: api.Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nobody on record can be asked"):
        case.draft_request("RI-2", tmp_path / "r.txt")
    with pytest.raises(UsageError, match="is written as"):
        case.draft_request("RI-1", tmp_path / "r.pdf")
    with pytest.raises(NotFound, match="no recovered item"):
        case.draft_request("RI-7", tmp_path / "r.txt")
    with pytest.raises(NotFound, match="there is no party"):
        case.draft_request("RI-1", tmp_path / "r.txt", to="nobody")
    assert len(case.requests()) == 0


def test_a_draft_after_an_inference_claims_no_more_than_is_so(case: api.Case, tmp_path: Path) -> None:
    key = next(row["party"] for row in case.table("parties").rows() if row["name"] == "Velmora EOOD")
    case.inference(key, "malpractice", reason="found so by a court")
    case.draft_request("RI-1", tmp_path / "r.txt")
    told = " ".join((tmp_path / "r.txt").read_text("utf-8").split())
    assert "no inference" not in told and "your reply to it is asked for" in told
    rows = case.table("custody").rows()
    assert {row["taker_inference"] for row in rows if row["taker"] == "Velmora EOOD"} == {
        "malpractice inferred by a person"
    }


def test_tracing_is_asked_for_after_new_files(case: api.Case, tmp_path: Path) -> None:
    more = tmp_path / "replies.csv"
    more.write_text("Reply No,Date,Seller,Buyer,Description,Lot No\nSR-1,2025-01-01,Velmora EOOD,X GmbH,motor,7F3-22\n")
    case.load(more)
    with pytest.raises(UsageError, match="not traced since"):
        case.trace("RI-1")
    with pytest.raises(UsageError, match="not traced since"):
        case.table("custody")
