"""Requests take only the steps that are allowed; inference is a person's; nothing is erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from field import FOUND, SHOP, find, traced
from test_trace import whole

from building import Case
from narrows.errors import NotFound, UsageError
from narrows.trace import infer, requests
from narrows.trace.requests import DAYS, MEANS, STEPS, step


@pytest.fixture
def asked(case: Case) -> Case:
    """A case with one request drafted."""
    found = traced(whole(case))
    party = next(p for p in found.parties.values() if p.name == SHOP)
    requests.document(case.store, "RI-1", found.item["record"], party.key, "its papers")
    return case


def test_every_state_is_explained_and_reached(asked: Case) -> None:
    assert set(STEPS) == set(MEANS)
    reached, fresh = set(), {"documented"}
    while fresh:
        reached |= fresh
        fresh = {after for state in fresh for after in STEPS[state]} - reached
    assert reached == set(STEPS)


def test_a_request_goes_its_way_and_every_step_stays(asked: Case) -> None:
    day = date(2090, 3, 3)
    for state in ("requested", "acknowledged", "no reply", "requested", "answered", "right of reply", "verified",
                  "releasable", "confidential"):  # fmt: skip
        after = step(asked.store, "r-1", state, "as it went", day)
        assert after.due == {
            "requested": day + timedelta(DAYS), "right of reply": day + timedelta(DAYS),
            "acknowledged": day + timedelta(DAYS - 1),
        }.get(state)  # fmt: skip
        day += timedelta(1)
    told = asked.rows("SELECT state, reason FROM judgement.trace_request ORDER BY seq")
    assert len(told) == 10 and told[0] == ("documented", "drafted") and told[-1][0] == "confidential"


@pytest.mark.parametrize(
    ("before", "after"),
    [((), "answered"), ((), "no reply"), (("requested",), "verified"), (("requested", "answered"), "requested"),
     (("requested", "declined"), "verified"), (("requested", "answered", "right of reply"), "releasable")],
)  # fmt: skip
def test_only_allowed_steps_are_taken(asked: Case, before: tuple[str, ...], after: str) -> None:
    for state in before:
        step(asked.store, "R-1", state, "so it was")
    with pytest.raises(UsageError, match="cannot follow"):
        step(asked.store, "R-1", after, "so it was")


@pytest.mark.parametrize(
    ("request_", "state", "reason", "kind"),
    [("R-9", "requested", "x", NotFound), ("R-1", "lost", "x", UsageError), ("R-1", "requested", " ", UsageError)],
)
def test_what_cannot_be_is_refused(asked: Case, request_: str, state: str, reason: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        step(asked.store, request_, state, reason)


def test_no_step_goes_back_in_time(asked: Case) -> None:
    step(asked.store, "R-1", "requested", "by post")
    with pytest.raises(UsageError, match="is before"):
        step(asked.store, "R-1", "answered", "by post", date(1999, 1, 1))


def test_a_request_drafted_again_is_the_same_until_it_is_sent(asked: Case) -> None:
    told = asked.rows("SELECT item, record, party_record, party_role, wants FROM judgement.trace_request")
    item, record, party_record, role, wants = told[0]
    key = f"{party_record:x}.{role}"
    assert requests.document(asked.store, item, record, key, wants).request == "R-1"
    step(asked.store, "R-1", "requested", "by post")
    assert requests.document(asked.store, item, record, key, wants).request == "R-2"


def test_an_inference_is_a_persons_with_a_reason_and_can_be_taken_back(case: Case) -> None:
    found = traced(whole(case))
    key = next(p.key for p in found.parties.values() if p.name == SHOP)
    infer(case.store, key, "malpractice", "the court of first instance found so")
    told = {p.name: p.inference for p in traced(case).parties.values()}
    assert "malpractice inferred by" in told[SHOP] and "the court" in told[SHOP]
    assert sum(text == "no inference of malpractice" for text in told.values()) == len(told) - 1
    infer(case.store, key, "none", "quashed on appeal")
    assert {p.inference for p in traced(case).parties.values()} == {"no inference of malpractice"}
    assert len(case.rows("SELECT * FROM judgement.inference")) == 2


@pytest.mark.parametrize(("verdict", "reason"), [("certainly", "x"), ("malpractice", "")])
def test_an_inference_needs_a_verdict_and_a_reason(case: Case, verdict: str, reason: str) -> None:
    key = next(iter(traced(whole(case)).parties.values())).key
    with pytest.raises(UsageError):
        infer(case.store, key, verdict, reason)
    case.load("recoveries", FOUND, find("RI-9"))
    with pytest.raises(NotFound):
        infer(case.store, "zz.buyer", "none", "x")
