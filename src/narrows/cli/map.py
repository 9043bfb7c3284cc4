"""`narrows map`."""

from __future__ import annotations

from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, table, tell


@click.command("map", help="Map who supplies whom, and where it narrows.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--carriers", is_flag=True, help="Carriers, forwarders and banks stand in the network too.")
@json_option
@quiet_option
def command(case: Path, carriers: bool, as_json: bool, quiet: bool) -> None:
    """Map a screened case."""
    with api.open(case) as opened:
        with progress(quiet=quiet) as show:
            outcome = opened.map(carriers=carriers, progress=show)
        junctions, points = opened.table("junctions").rows(), opened.table("choke-points").rows()
    if as_json:
        answer("map", {**outcome_json(outcome), "junctions": junctions, "choke_points": points})
        return
    if not quiet:
        tell(outcome)
    show_junctions(junctions)
    show_points(points)
    if not quiet:
        note(f"  next: narrows report {case}")


def show_junctions(rows: list[dict[str, object]]) -> None:
    """Print the firms in which unrelated flows meet, one line each."""
    seen = {row["junction"]: row for row in rows}
    if not seen:
        note("junctions: none stands out against what is usual for its activity")
        return
    columns = ("rank", "firms", "sales", "sellers", "sections", "unusual", "chance")
    table([{**row, "chance": f"{row['chance']:.1e}"} for row in seen.values()], columns)


def show_points(rows: list[dict[str, object]]) -> None:
    """Print the best sets of firms with what they carry."""
    if not rows:
        note("choke points: no goods are under alert by flags of two families; state a flow of your own in Python")
        return
    sets: dict[object, dict[str, object]] = {}
    for row in rows:
        told = sets.setdefault(row["k"], {**row, "firms": []})
        told["firms"].append(row["firm"])  # type: ignore[attr-defined]
    note(f"{rows[0]['title']}: {rows[0]['flow_sales']} sales")
    table(
        [
            {
                "firms removed": told["k"], "who": "; ".join(map(str, told["firms"])),  # type: ignore[call-overload]
                "carried": _share(told["carried"]), "of mass": _share(told["carried_mass"]),
                "of value": _share(told["carried_amount"]), "no other way": _share(told["cut_off"]),
                "proven": "yes" if told["exact"] else f"at most {_share(told['bound'])}",
                "if lines were missing": f"{_share(told['low'])} to {_share(told['high'])}",
            }
            for told in sets.values()
        ],
        ("firms removed", "who", "carried", "of mass", "of value", "no other way", "proven", "if lines were missing"),
    )  # fmt: skip


def _share(value: object) -> str:
    return "not known" if value is None else f"{float(str(value)):.0%}"
