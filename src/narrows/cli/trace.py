"""`narrows trace`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from narrows import api
from narrows.cli.say import answer, json_option, note, outcome_json, progress, quiet_option, tell


@click.command(
    "trace",
    help="Trace recovered items from maker to find. With ITEM, show what was traced of one: who held it, on what "
    "evidence, what is missing, and what to ask next.",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("item", required=False)
@json_option
@quiet_option
def command(case: Path, item: str | None, as_json: bool, quiet: bool) -> None:
    """Trace items, or show one."""
    with api.open(case) as opened:
        if item is not None:
            found = opened.trace(item)
            answer("custody", _plain(found)) if as_json else _show(found)
            return
        with progress(quiet=quiet) as show:
            outcome = opened.trace(progress=show)
        items = opened.table("recoveries").rows()
    if as_json:
        answer("trace", outcome_json(outcome))
        return
    if not quiet:
        tell(outcome)
    for row in items:
        click.echo(f"{row['item']}: {row['says']}")
    if not quiet:
        note(f"  next: narrows trace {case} {items[0]['item']}" if items else "  no recovered items are on record")


def _plain(found: api.Custody) -> dict[str, Any]:
    told = asdict(found)
    told["parties"] = {str(entity): party for entity, party in told["parties"].items()}
    told["places"] = {str(record): place for record, place in told["places"].items()}
    return told


def _show(found: api.Custody) -> None:
    """Print one item calmly: the find, the likeliest chain, alternatives, what else is to be said, what to ask."""
    item = found.item
    said = [item["description"], _label("lot", item["lot"]), _label("serial", item["serial"])]
    click.echo(f"{item['item']}  {'; '.join(text for text in said if text)}")
    where = ", ".join(str(text) for text in (item["place"], item["country"], item["date"]) if text is not None)
    click.echo(f"found: {where or 'place and day are not stated'}  ({found.places[item['record']]})")
    click.echo(item["says"])
    if item["days"] is not None:
        click.echo(
            f"{item['days']} days from manufacture ({item['made']}) to recovery: number {item['days_rank']} of "
            f"{item['days_of']} items, the quickest first; half of them took {item['days_median']:.0f} days or fewer"
        )
    click.echo("\nChain")
    _show_chain(found, 1)
    if len(found.chains) > 1:
        click.echo("\nOther chains that fit")
    for chain in found.chains[1:]:
        way = [found.name(link["giver"]) for link in found.links_of(chain["chain"])]
        click.echo(f"  {chain['chain']}. {' -> '.join(way)}")
        click.echo(f"     {'; '.join(chain['why'])}")
    _list("Notes", [f"{one['says']}  ({_places(found, one)})" for one in found.notes])
    _list("What would settle most", [ask["says"] for ask in found.asks[:3]])


def _show_chain(found: api.Custody, number: int) -> None:
    links = found.links_of(number)
    first = links[0]["giver"]
    click.echo(f"  1. {'the maker is not on record' if first is None else _holder(found, first)}")
    for place, link in enumerate(links, start=2):
        click.echo(f"     {_step(link)}")
        click.echo(f"       {'; '.join(link['why'])}") if link["why"] else None
        click.echo(f"       {_places(found, link)}") if link["records"] else None
        to = "the place where it was found" if link["taker"] is None else _holder(found, link["taker"])
        click.echo(f"  {place}. {to}")


def _holder(found: api.Custody, entity: int) -> str:
    party = found.parties[entity]
    return f"{party.name}  [{party.inference}]"


def _step(link: Mapping[str, Any]) -> str:
    told = [link["state"]]
    if link["level"] is not None:
        told.append(f"evidence level {link['level']}")
    if link["sources"]:
        told.append(f"{link['sources']} independent source{'s' if link['sources'] > 1 else ''}")
    if link["date"] is not None and link["taker"] is not None:
        told.append(f"{link['date']}" + (f" to {link['until']}" if link["until"] != link["date"] else ""))
    if link["days"] is not None:
        days = link["days"]
        told.append(
            f"{abs(days)} day{'s' if abs(days) != 1 else ''} {'before' if days < 0 else 'after'} the last dated step"
        )
    if link["quantity"] is not None and link["taker"] is not None:
        one = link["measure"] == "pieces" and link["quantity"] == 1
        told.append(f"{link['quantity']:,.10g} {'piece' if one else link['measure']}")
    if link["received"] is not None and link["gave"] is not None:
        told.append(f"giver had {link['received']:,.10g}, gave {link['gave']:,.10g} in all")
    return ", ".join(told)


def _places(found: api.Custody, row: Mapping[str, Any]) -> str:
    documents, grades = row.get("documents", ()), row.get("grades", ())
    told = [found.places[record] for record in row["records"]]
    if documents:
        told = [f"{d} {g} {p}" for d, g, p in zip(documents, grades, told, strict=True)]
    return "; ".join(told)


def _label(name: str, value: str | None) -> str:
    return "" if value is None else f"{name} {value}"


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"\n{title}")
    for line in lines:
        click.echo(f"  {line}")
