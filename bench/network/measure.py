"""Measures one planted network: Narrows' answers and the rivals', each against the truth.

    python -m bench.network.measure FOLDER

FOLDER holds what generate.py writes. Prints JSON: section -> who answers -> figures.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx

from bench.network import asked, rivals
from bench.network.asked import Known
from bench.network.score import Step, cuts, days, found_at, links
from bench.network.write import CUSTODY
from narrows import api
from narrows.settings import Settings

MEMORY = "1500MB"
OURS = "Narrows"
Figures = dict[str, dict[str, dict[str, float]]]
Truth = Mapping[str, Any]


def measure(folder: Path) -> Figures:
    """Return the figures of one network."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    files = [f for f in sorted(folder.glob("*.csv")) if asked.has("custody") or f.stem not in CUSTODY]
    work, began = Path(tempfile.mkdtemp(dir=folder)), time.perf_counter()
    try:
        with asked.load(work / "case", files, Settings(memory_limit=MEMORY)) as case:
            known = asked.known(case, truth["firms"])
            seconds = {"load, resolve": time.perf_counter() - began}
            began = time.perf_counter()
            if truth["schemes"]:
                asked.work_out(case, "screen", "replay")
                told = _replay(case, truth, known)
            else:
                asked.work_out(case, "screen", "map", "trace")
                told = _network(case, truth, known)
            seconds["the rest"] = time.perf_counter() - began
            return {**told, "seconds": {title: {"seconds": value} for title, value in seconds.items()}}
    finally:
        shutil.rmtree(work)


def _network(case: api.Case, truth: Truth, known: Known) -> Figures:
    """Junctions, choke points and custody, with the rivals."""
    supply = asked.supply(case)
    scores = rivals.rivals(supply)
    return {
        "junctions": _junctions(case, truth, known, supply, scores),
        **_flows(case, truth, known, supply, scores),
        "custody": _custody(case, truth, known),
    }


def _junctions(
    case: api.Case, truth: Truth, known: Known, supply: rivals.Supply, scores: Mapping[str, rivals.Scores]
) -> dict[str, dict[str, float]]:
    planted = [group["firms"] for group in truth["junctions"]]
    books = {e for key, f in truth["firms"].items() if f["part"] == "seller" for e in known.entities.get(key, ())}
    answers = {title: rivals.ranked(score, books, supply.groups) for title, score in scores.items()}
    ours = asked.junctions(case)
    if ours is not None:
        answers = {OURS: [group for group in ours if not group & books], **answers}
    k = len(planted)
    return {title: _at(named(answer, known), planted, k) for title, answer in answers.items()}


def named(answer: Sequence[Collection[int]], known: Known) -> list[set[str]]:
    """Entities as the firms that they are; one that bears no planted number keeps its own."""
    return [{known.firm.get(e, f"entity {e}") for e in group} for group in answer]


def _at(answers: Sequence[Collection[str]], planted: Sequence[Collection[str]], k: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for times, title in ((1, "k"), (2, "2k")):
        found[f"recall@{title}"], found[f"precision@{title}"] = found_at(answers, planted, k * times)
    return found


def _flows(
    case: api.Case, truth: Truth, known: Known, supply: rivals.Supply, scores: Mapping[str, rivals.Scores]
) -> Figures:
    """For each flow with a small cut: do the first k firms cut it, what share; and are sizes of cuts right."""
    network: nx.DiGraph[str] = nx.DiGraph()
    for _, _, town, *way in truth["network"]:
        nx.add_path(network, [*way, f"town:{town}"])
    cut: dict[str, list[dict[str, float]]] = {}
    sized: dict[str, list[bool]] = {}
    for flow in truth["flows"]:
        ours = asked.choke_points(case, flow, known)
        for title, choke in ours.items():
            sized.setdefault(title, []).append(_size_right(choke.cut, flow))
        k = len(flow["cut"])
        if not k:
            continue
        deliveries = [
            (way[-1], mass)
            for heading, mass, town, *way in truth["network"]
            if heading == flow["heading"] and town in flow["towns"] and way[0] not in flow["consignees"]
        ]
        answers = {title: choke.best(k) for title, choke in ours.items()} | _rival_cuts(flow, known, supply, scores)
        for title, entities in answers.items():
            firms = {known.firm.get(e, "") for e in entities[:k]}
            cut.setdefault(title, []).append(asdict(cuts(network, flow["sources"], deliveries, firms)))
    told: Figures = {"choke points": {title: _mean(found) for title, found in cut.items()}}
    if sized:
        told["size of the smallest cut"] = {t: {"right": sum(right) / len(right)} for t, right in sized.items()}
    return told


def _size_right(cut: list[int] | None, flow: Mapping[str, Any]) -> bool:
    """A flow without a small cut has one of more than three firms; that none is given is right too."""
    return cut is not None and len(cut) == len(flow["cut"]) if flow["cut"] else cut is None or len(cut) > 3


def _rival_cuts(
    flow: Mapping[str, Any], known: Known, supply: rivals.Supply, scores: Mapping[str, rivals.Scores]
) -> dict[str, list[int]]:
    """The rivals' firms for a flow, on the network of its goods."""
    own = rivals.Supply([x for x in supply.lines if x.heading == flow["heading"]], supply.logistics, supply.groups)
    sources = {e for key in flow["sources"] for e in known.entities.get(key, ())}
    targets = {e for key in flow["consignees"] for e in known.entities.get(key, ())}
    return rivals.flow_rivals(own.graph(carried=False), sources, targets, scores)


def _custody(case: api.Case, truth: Truth, known: Known) -> dict[str, dict[str, float]]:
    planted: dict[Step, bool] = {}
    wrong: set[Step] = set()
    for item in truth["items"]:
        for link in item["links"]:
            step = (item["item"], link["from"], link["to"])
            planted[step] = bool(link["papers"])
            if link["wrong"] and link["papers"]:
                wrong.add(step)
    answers = {"same lot as written": _same_lot(truth)}
    told: dict[str, dict[str, float]] = {}
    ours = asked.custody(case, known)
    if ours is not None:
        answers = {OURS: ours.steps, **answers}
    for title, steps in answers.items():
        recall, precision = links(steps, planted)
        told[title] = {"recall": recall, "precision": precision}
    if ours is not None:
        recall, precision = links(ours.contradicted, dict.fromkeys(wrong, True))
        told[OURS] |= {"contradicted, recall": recall, "contradicted, precision": precision}
    return told


def _same_lot(truth: Truth) -> set[Step]:
    """By hand: each paper that names the lot as read in the field, who is who known."""
    return {
        (item["item"], source, target)
        for item in truth["items"]
        for lot, _, source, target in truth["lots"]
        if lot == item["lot_read"]
    }


def _replay(case: api.Case, truth: Truth, known: Known) -> Figures:
    """First days of a flag and of flags of two families, for each scheme that leaves an alert at all."""
    found = asked.replay(case, truth["schemes"], known)
    if found is None:
        return {}
    planted: dict[tuple[int, str, str], date | None] = {}
    for i, scheme in enumerate(truth["schemes"]):
        if scheme["firsts"]["all"][1] is not None:
            for actor, told in scheme["firsts"].items():
                for what, text in zip(("hit", "alert"), told, strict=True):
                    planted[i, actor, what] = text and date.fromisoformat(text)
    titles = {
        f"{what}, {title}": (what, kind)
        for what in ("hit", "alert")
        for title, kind in (("one seller", "seller"), ("one carrier", "carrier"), ("all together", "all"))
    }
    told = {}
    for title, (what, kind) in titles.items():
        told[title] = asdict(days(found, {k: d for k, d in planted.items() if k[2] == what and k[1].startswith(kind)}))
    return {"first dates": {title: {k: float(v) for k, v in values.items()} for title, values in told.items()}}


def _mean(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {key: sum(float(f[key]) for f in found) / len(found) for key in found[0]}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
