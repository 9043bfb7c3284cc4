"""`narrows chokepoints`: on which nodes the flow of anybody's list of edges rests, or that of a case."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, table

# Below this a node may stand where it stands because data are missing.
_STABLE = 0.5
_DOMINATORS = 10
_NAMES = 12


@click.command(
    "chokepoints",
    help="Find on which nodes the flow of a list of edges rests. EDGES is a table with the columns source and target, "
    "and where known weight, commodity and date; or a mapped case, whose goods lines are the edges. "
    "Without --source and --target the flow goes from the nodes that no edge leads to, to those that none leaves; both "
    "are never removed.",
)
@click.argument("edges", type=click.Path(path_type=Path))
@click.option("--source", multiple=True, help="A node where the flow starts; may be given several times.")
@click.option("--target", multiple=True, help="A node where it ends; may be given several times.")
@click.option("--commodity", help="Only this commodity; of a code also those that begin with it.")
@click.option("--since", metavar="YYYY-MM-DD", help="Only from this day on.")
@click.option("--until", metavar="YYYY-MM-DD", help="Only up to this day.")
@click.option("-k", "--most", default=10, show_default=True, help="The best 1, 2, ... up to so many nodes.")
@click.option("--undirected", is_flag=True, help="Leave direction aside: which nodes hold the network together?")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write the choke points as a table too.")
@json_option
def command(
    edges: Path, source: tuple[str, ...], target: tuple[str, ...], commodity: str | None, since: str | None,
    until: str | None, most: int, undirected: bool, out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Find choke points."""
    found = api.choke_points(
        edges, source=source, target=target, commodity=commodity, since=since, until=until, most=most,
        undirected=undirected, out=out,
    )  # fmt: skip
    if as_json:
        answer("chokepoints", {**asdict(found), "file": None if out is None else str(out)})
        return
    click.echo(f"Flow: {found.stated}")
    click.echo(f"  {found.used:,} of {found.rows:,} rows; {found.nodes:,} nodes, {found.edges:,} edges")
    if found.choke is None:
        _tell_players(found)
    else:
        _tell(found.choke)
    if found.noticed:
        click.echo("\nNoticed")
        for line in found.noticed:
            click.echo(f"  {line}")
    if out is not None:
        note(f"written: {out}")


def _tell(choke: api.Choke[str]) -> None:
    pairs = "" if choke.pairs is None else f"; pairs of a source and a target that ways join: {choke.pairs:,}"
    click.echo(f"  {choke.flow:,.6g} can flow at once, an edge carrying its weight at most{pairs}")
    _tell_cut(choke)
    if choke.best:
        click.echo("\nThe best nodes to look at: what their removal cuts of this flow")
        table([_row(best) for best in choke.best], ("k", "nodes", "share", "proved", "9 of 10", "cut off", "pairs"))
        _tell_how(choke)
    if choke.dominators:
        more = f", the {_DOMINATORS} heaviest of {choke.dominating:,}" if choke.dominating > _DOMINATORS else ""
        click.echo(f"\nEvery way from the sources to some target passes{more}")
        rows = [
            {"node": d.node, "targets": len(d.targets), "of demand": _percent(d.demand), "which": _listed(d.targets)}
            for d in choke.dominators[:_DOMINATORS]
        ]
        table(rows, ("node", "targets", "of demand", "which"))


def _tell_cut(choke: api.Choke[str]) -> None:
    cut = choke.cut
    if cut.direct:
        edges = f"{cut.direct:,} edge{'s lead' if cut.direct > 1 else ' leads'}"
        click.echo(
            f"\nNo set of nodes cuts it: {edges} from a source straight to a target ({_percent(cut.direct_share)})."
        )
        if cut.nodes:
            click.echo(f"All other ways are cut by {_counted(cut.nodes)}: {_listed(cut.nodes)}")
    elif cut.nodes:
        click.echo(f"\nSmallest cut: without {_counted(cut.nodes)} no way is left: {_listed(cut.nodes)}")
    else:
        click.echo("\nNo way leads from a source to a target.")


def _row(best: api.Best[str]) -> dict[str, str]:
    stays = best.stays or (1.0,) * len(best.nodes)
    names = [
        name + "".join(f" (or {other})" for other in alike[:1]) + ("" if stay >= _STABLE else " ?")
        for name, alike, stay in zip(best.nodes, best.alike, stays, strict=True)
    ]
    return {
        "k": str(best.k),
        "nodes": ", ".join(names),
        "share": _percent(best.share),
        "proved": "exact" if best.exact else f"at most {_percent(best.bound)}",
        "9 of 10": "" if best.low is None else f"{_percent(best.low)} - {_percent(best.high or 0)}",
        "cut off": _percent(best.cut_off),
        "pairs": "" if best.pairs is None else _percent(best.pairs),
    }


def _tell_how(choke: api.Choke[str]) -> None:
    click.echo(
        "  share: of the flow, after all that can has gone another way; cut off: of what goes into targets, the part"
    )
    click.echo("  to which no way at all is left; pairs: of sources and targets that no way joins any more.")
    if choke.draws:
        click.echo(
            f"  9 of 10: the share in nine of ten draws ({choke.draws} draws, each edge kept with {choke.keep:.0%})."
        )
    best = max(choke.best, key=lambda one: one.k)
    shaky = [f"{n} ({_percent(s)})" for n, s in zip(best.nodes, best.stays, strict=False) if s < _STABLE]
    if any(stay < _STABLE for one in choke.best for stay in one.stays):
        click.echo("  ?: in most draws another node stood in its place; it may stand there because data are missing.")
    if shaky:
        click.echo(f"  of the largest set, in the best of a draw: {', '.join(shaky)}")


def _tell_players(found: api.Narrowing) -> None:
    if not found.players:
        click.echo("\nNo two nodes are joined.")
        return
    before = found.players[0].before
    click.echo(
        f"\nKey players: without them the network falls into pieces ({_percent(before)} of pairs are apart as it is)"
    )
    rows = [{"k": str(p.k), "nodes": ", ".join(p.nodes), "pairs apart": _percent(p.after)} for p in found.players]
    table(rows, ("k", "nodes", "pairs apart"))
    click.echo(
        "  found node by node and by exchanges (Borgatti's KPP-NEG); the first is exact, the others are not proved."
    )


def _counted(nodes: tuple[str, ...]) -> str:
    return f"{len(nodes):,} node{'s' if len(nodes) > 1 else ''}"


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more


def _percent(share: float) -> str:
    return f"{share:.1%}"
