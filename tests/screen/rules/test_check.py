from dataclasses import replace
from pathlib import Path

import pytest

from narrows.errors import NotFound
from narrows.screen.rules.check import check
from narrows.screen.rules.contract import shipped
from narrows.screen.rules.lints import LINTS


@pytest.fixture
def folder(tmp_path, text):
    """Return a function that writes an indicator with one text in place of another, and checks the folder."""

    def checked(old="", new="", *, path="order/large-order.sql"):
        assert old in text
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        return check(tmp_path)

    return checked


def test_a_good_indicator_has_no_findings(folder, tmp_path):
    assert folder() == ()
    assert check(tmp_path / "order" / "large-order.sql") == ()


BREACHES = [
    ("contract", 'title = "A large order"', 'titel = "A large order"', 4),
    ("guard", "WHERE i.quantity >= :least", "WHERE i.quantity >= :least AND random() > 0.5", 52),
    ("guard", 'applies = "regulated"', 'applies = "quantity"', 15),
    ("path", 'id = "order.large-order"', 'id = "order.big-order"', 2),
    ("complete", "A large order", "A large order " * 5, 4),
    ("complete", "A stock order before the season.", "A stock order", 9),
    ("complete", "{buyer} ordered {quantity:,.0f} {measure}", "It was large", 12),
    ("parameters", "`least`", "a certain size", 19),
    ("covered", 'expect = "not evaluable"', 'expect = "clear"', 21),
    ("covered", 'name = "just below"', 'name = "six tonnes"', 28),
    ("examples", 'expect = "clear"', 'expect = "hit"', 28),
    ("examples", "ordered 6,000 kg", "ordered 6,001 kg", 21),
    ("says", "{buyer} ordered", "{buyer} of {record} ordered", 12),
    ("says", "{buyer} ordered", "{seller} ordered", 12),
    ("words", "A stock order", "A suspected stock order", 9),
    ("words", "just below", "a terrorist", 28),
    ("words", "e.name AS buyer", "e.name AS evader", 47),
    ("subjects", "i.deal AS subject", "i.buyer AS subject", 21),
    ("persons", "e.name AS buyer", "e.name AS buyer_nationality", 47),
    ("persons", "least = 100", "least = 100 # of age\nage = 3", 20),
    ("countries", "i.quantity >= :least", "i.quantity >= :least AND coalesce(i.origin, 'XX') <> 'QM'", 52),
    (
        "countries",
        "i.quantity >= :least",
        "i.quantity >= :least AND coalesce(i.destination, '') NOT LIKE 'Atlant%'",
        52,
    ),
    (
        "countries",
        "i.measure AS measure",
        "CASE WHEN e.country IN ('ATL', 'BTL') THEN 'kg' ELSE i.measure END AS measure",
        49,
    ),
    ("permuted", "i.quantity >= :least", "i.quantity >= :least AND starts_with(coalesce(e.name, ''), 'B')", 21),
]


@pytest.mark.parametrize(("lint", "old", "new", "line"), BREACHES)
def test_each_breach_is_found_by_its_lint(folder, tmp_path, lint, old, new, line):
    found = {finding.lint: finding for finding in folder(old, new)}
    assert lint in found
    finding = found[lint]
    assert (finding.path, finding.line) == (str(tmp_path / "order/large-order.sql"), line)
    assert finding.message and finding.recommendation


def test_every_lint_but_unique_has_a_breach_above_and_a_recommendation():
    assert {lint.name for lint in LINTS} == {lint for lint, *_ in BREACHES} - {"contract", "guard"} | {"unique"}
    assert all(lint.recommendation.endswith(".") and lint.__doc__ for lint in LINTS)


def test_ids_and_codes_are_unique(folder):
    folder()
    found = folder(path="other/large-order.sql")
    assert {(finding.lint, finding.line) for finding in found} == {("path", 2), ("unique", 2), ("unique", 3)}


def test_the_subject_of_an_organisation_indicator_is_an_organisation_of_the_example(make):
    indicator = make(sql=make().sql.replace("i.deal AS", "i.buyer AS"), subject="organisation",
                     applies="regulated", params={"least": 100})  # fmt: skip
    assert [finding.lint for finding in check([indicator])] == []
    unnamed = replace(indicator.examples[0], rows={"item": indicator.examples[0].rows["item"]}, says=None)
    found = check([replace(indicator, examples=(unnamed, *indicator.examples[1:]))])
    assert [finding.lint for finding in found] == ["subjects"]


def test_titles_of_cited_works_and_innocent_words_are_left_alone(folder, text):
    assert "laundering" in text
    assert folder("A stock order", "A launderette's stock order") == ()


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_are_checked(folder, tmp_path):
    (tmp_path / "a.sql").write_bytes(b"/* ---\n\xff")
    found = folder('kind = "soft"', 'kind = "gate"')
    assert [(Path(finding.path).name, finding.lint, finding.line) for finding in found] == [("a.sql", "contract", 2)]
    found = folder('expect = "clear"', 'expect = "hit"')
    assert [finding.lint for finding in found] == ["contract", "covered", "examples"]


def test_an_example_that_fails_to_run_is_a_finding(folder):
    found = folder("{measure}", "{measure:.1f}")
    assert [(finding.lint, finding.line) for finding in found] == [("examples", 44)]
    assert "'measure', which holds str, not a number" in found[0].message


def test_an_empty_place_is_not_found(tmp_path):
    with pytest.raises(NotFound):
        check(tmp_path)
    with pytest.raises(NotFound):
        check(tmp_path / "nowhere")


def test_what_ships_is_clean():
    assert check(shipped()) == ()
