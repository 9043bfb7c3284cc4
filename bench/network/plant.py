"""What is planted in the ordinary trade: junctions, and flows with a smallest cut that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import networkx as nx

from bench.network.trade import BILL, ORDER, Sale, Trade, basket, narrow_trades, of_other_sections
from bench.network.world import Actor, all_goods, sizes, some

GROUPS = (1, 1, 2, 2, 3, 4, 1)  # how many firms the junctions have that are no cut
SHARES = (0.5, 0.3, 0.2)  # of a flow, through the first, second and third firm of its cut


@dataclass(slots=True)
class Junction:
    """One small firm, or a few that registers link, through which unrelated goods pass; `goods` are those."""

    firms: list[Actor]
    goods: list[str]


@dataclass(slots=True)
class Flow:
    """Goods from those who sell them to the towns of a region; `cut` is the smallest set through which all must go.

    A flow without a small cut has none: its smallest has `size` firms.
    """

    goods: str
    sources: list[Actor]
    towns: list[str]
    country: str
    size: int = 0
    cut: list[Actor] = field(default_factory=list)
    consignees: list[Actor] = field(default_factory=list)


def junction(trade: Trade, members: int, receivers: Sequence[Actor] = (), first: str = "") -> Junction:
    """Plant one: firms of one narrow trade, tied by an owner or an officer, with goods of four to six other sections.

    Each kind comes from sellers of its own and goes on to few. `first` is among the kinds, through every member.
    """
    world, dice = trade.world, trade.world.dice
    nace = dice.pick([t for t in narrow_trades() if not first or of_other_sections(basket(t), [first])])
    key = f"J{len(world.actors) + 1:04d}"
    firms = [world.found("junction", nace, basket(nace), group=key) for _ in range(members)]
    _tie(trade, firms)
    goods = [first] if first else []
    wanted = 4 + dice.below(3)
    while len(goods) < wanted:
        goods.append(dice.pick(of_other_sections([*goods, *basket(nace)], trade.sellers)))
    receivers = receivers or [_receiver(trade, key, kind) for kind in goods]
    for i, kind in enumerate(goods):
        if kind != first:
            fitting = [actor for actor in receivers if kind in actor.goods] or [receivers[i % len(receivers)]]
            to = some(fitting, 1 + dice.below(2), dice)
            _pass_on(trade, kind, some(firms, 1 + dice.below(2), dice), to)
    for firm in firms:
        for _ in range(3 + dice.below(4)):
            trade.sell(ORDER, dice.pick(trade.sellers[own := dice.pick(firm.goods)]), firm, own, times=0.5)
    return Junction(firms, goods)


def _tie(trade: Trade, firms: Sequence[Actor]) -> None:
    """Each has its officer; several have an owner in common, or one officer more."""
    world, dice = trade.world, trade.world.dice
    for firm in firms:
        world.tie(world.person(), firm, "officer")
    if len(firms) > 1:
        by_owner = dice.chance(0.5)
        holder = world.found("owner", "6420") if by_owner else world.person()
        for firm in firms:
            world.tie(holder, firm, "owner" if by_owner else "officer", 51 + dice.below(50) if by_owner else None)


def _receiver(trade: Trade, group: str, goods: str) -> Actor:
    """A firm whose trade usually buys such goods."""
    kind = trade.world.taker([goods])
    actor = trade.world.found("receiver", kind.nace, kind.basket, group=group)
    for key in actor.goods:
        trade.sell(ORDER, trade.world.dice.pick(trade.sellers[key]), actor, key)
    return actor


def _pass_on(trade: Trade, goods: str, firms: Sequence[Actor], to: Sequence[Actor]) -> None:
    """Two to four orders, consigned straight to a receiver or sent on to it later."""
    dice = trade.world.dice
    sellers = some(trade.sellers[goods], 2, dice)
    for _ in range(2 + dice.below(3)):
        firm, receiver, seller = dice.pick(firms), dice.pick(to), dice.pick(sellers)
        _deliver(trade, seller, firm, receiver, goods, direct=dice.chance(0.4))


def _deliver(
    trade: Trade, seller: Actor, firm: Actor, to: Actor, goods: str, *, direct: bool, times: float = 1
) -> None:
    """Goods bought by a firm for another: consigned there at once, or received and sent on."""
    on = ORDER if seller.book else BILL
    if direct:
        trade.sell(on, seller, firm, goods, to=to, times=times)
        return
    sale = trade.sell(on, seller, firm, goods, day=trade.day(early=True), times=times)
    onward = trade.sell(BILL, firm, to, goods, day=sale.day + timedelta(days=5 + trade.world.dice.below(25)))
    onward.quantity = max(1, sale.quantity * 9 // 10)


def flows(trade: Trade) -> tuple[list[Flow], list[Junction]]:
    """Plant the flows of sizes.toml, each to a region of its own; every other cut is a junction."""
    rates, dice = sizes("flows"), trade.world.dice
    wanted = [*rates["cuts"], *[0] * rates["wide"]]
    kinds = some([key for key, sellers in trade.sellers.items() if len(sellers) >= 4], len(wanted), dice)
    made: list[Flow] = []
    junctions: list[Junction] = []
    for i, (size, goods) in enumerate(zip(wanted, kinds, strict=True)):
        flow = _region(trade, goods)
        if size == 0:
            _wide(trade, flow)
        elif i % 2 == 0:
            junctions.append(junction(trade, size, flow.consignees, goods))
            flow.cut = junctions[-1].firms
        else:
            trades = [a for a in trade.world.of("dealer") if goods in a.goods] or trade.world.of("dealer")
            nace = dice.pick(trades).nace
            flow.cut = [trade.world.found("importer", nace, (goods,)) for _ in range(size)]
            for firm in flow.cut:
                trade.world.tie(trade.world.person(), firm, "officer")
        if flow.cut:
            _narrow(trade, flow)
        made.append(flow)
    return made, junctions


def _region(trade: Trade, goods: str) -> Flow:
    """One or two small towns with their firms, which buy other goods from each other and of nobody else."""
    world, dice = trade.world, trade.world.dice
    towns, (few, many) = world.towns(2), sizes("flows")["consignees"]
    flow = Flow(goods, list(trade.sellers[goods]), towns, "")
    for i in range(few + dice.below(many - few + 1)):
        kind = world.taker([goods])
        flow.consignees.append(world.found("consignee", kind.nace, kind.basket, city=towns[i % len(towns)]))
    flow.country = flow.consignees[0].country
    for town in towns:
        local = world.found("local", "1071", city=town)
        for actor in some(flow.consignees, 4, dice):
            for _ in range(2):
                trade.sell(BILL, local, actor, dice.pick([*actor.goods, "biscuits"]))
        del world.regional[town]
    for actor in world.of("local", "consignee"):
        if actor.city in towns:
            world.tie(world.person(), actor, "officer")
    return flow


def _narrow(trade: Trade, flow: Flow) -> None:
    """All goods of the flow go through its cut: from sellers and from a hub before it, to the region and elsewhere.

    What looks central is not the cut: before it, a hub to which most sellers sell; behind it, a depot in the region
    through which most consignees get their goods. Both have ways around them.
    """
    world, dice = trade.world, trade.world.dice
    hubs = _between(trade, flow)[:1]
    direct = some(flow.sources, 2, dice)  # the sellers of whom the cut buys itself; the others sell to the hub
    for hub in hubs:
        for seller in flow.sources:
            trade.sell(ORDER, seller, hub, flow.goods, times=3)
    shares = SHARES[: len(flow.cut)]
    depot, own, rest = flow.consignees[0], flow.consignees[1 : len(flow.cut) + 1], flow.consignees[len(flow.cut) + 1 :]
    # Each firm of the cut has a consignee for whom it is the only one: with fewer firms the flow is not cut.
    served = [(firm, actor) for firm, actor in zip(flow.cut, own, strict=True)]
    served += [(flow.cut[0], depot), (flow.cut[0], depot), *[(firm, depot) for firm in flow.cut]]
    for firm, actor in served:
        for _ in range(2 + dice.below(3)):
            seller = dice.pick(hubs) if hubs and dice.chance(0.55) else dice.pick(direct)
            times = 1.5 * shares[flow.cut.index(firm)] * len(flow.cut)
            _deliver(trade, seller, firm, actor, flow.goods, direct=dice.chance(0.35), times=times)
    for firm in flow.cut:
        trade.sell(ORDER, dice.pick(direct), firm, flow.goods)
    for actor in rest:
        for _ in range(1 + dice.below(2)):
            trade.sell(BILL, depot, actor, flow.goods, times=0.7)
    for firm in flow.cut:
        for buyer in some([b for b in world.of("buyer") if flow.goods in b.goods] or world.of("buyer"), 2, dice):
            trade.sell(BILL, firm, buyer, flow.goods)
    _among(trade, flow)


def _wide(trade: Trade, flow: Flow) -> None:
    """Dealers side by side, and wholesalers who sell there directly: no few firms cut it."""
    world, dice = trade.world, trade.world.dice
    dealers = [d for d in world.of("dealer") if flow.goods in d.goods]
    others = [d for d in world.of("dealer") if flow.goods not in d.goods]
    routes = some(dealers + others[: sizes("flows")["routes"]], sizes("flows")["routes"], dice)
    for i, dealer in enumerate(routes):
        for actor in (flow.consignees[i % len(flow.consignees)], *some(flow.consignees, 2, dice)):
            for _ in range(1 + dice.below(3)):
                _deliver(trade, dice.pick(flow.sources), dealer, actor, flow.goods, direct=dice.chance(0.35))
    for wholesaler in _between(trade, flow)[:3]:
        trade.sell(BILL, wholesaler, dice.pick(flow.consignees), flow.goods)
    _among(trade, flow)


def _between(trade: Trade, flow: Flow) -> list[Actor]:
    """Wholesalers and dealers who have the goods; some buy more of them, so that the flow has hubs before its cut."""
    found = [a for a in trade.world.of("wholesaler", "dealer") if flow.goods in a.goods]
    chosen = some(found, 5, trade.world.dice)
    for actor in chosen:
        for seller in some(flow.sources, 3, trade.world.dice):
            trade.sell(ORDER, seller, actor, flow.goods, times=3)
    return chosen


def _among(trade: Trade, flow: Flow) -> None:
    """A few sales within the region."""
    for _ in range(3):
        a, b = some(flow.consignees, 2, trade.world.dice)
        trade.sell(BILL, a, b, flow.goods, times=0.3)


def free_junctions(trade: Trade, count: int) -> list[Junction]:
    """Plant junctions that are no cut of a flow."""
    return [junction(trade, GROUPS[i % len(GROUPS)]) for i in range(count)]


def network(sales: Iterable[Sale]) -> nx.DiGraph[str]:
    """Who supplies whom, firm by firm; a town is a node of its own, `town:NAME`."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for sale in sales:
        keys = [actor.key for actor in sale.way]
        nx.add_path(graph, keys)
        graph.add_edge(keys[-1], f"town:{sale.consignee.city}")
    return graph


def smallest_cut(graph: nx.DiGraph[str], flow: Flow) -> set[str]:
    """The fewest firms, neither sources nor towns, without which nothing gets from the sources to the towns."""
    sources, towns = {a.key for a in flow.sources}, {f"town:{town}" for town in flow.towns}
    joined = nx.DiGraph()
    for a, b in graph.edges:
        ends = (
            "from" if a in sources else "to" if a in towns else a,
            "from" if b in sources else "to" if b in towns else b,
        )
        if ends[0] != ends[1]:
            joined.add_edge(*ends)
    between = (nx.descendants(joined, "from") & nx.ancestors(joined, "to")) | {"from", "to"}
    return set(nx.minimum_node_cut(joined.subgraph(between), "from", "to"))


def hold(trade: Trade, planted: Iterable[Flow]) -> None:
    """Check each flow against the whole network, and enter how many firms its smallest cut has.

    Raises:
        ValueError: what was planted is not there.
    """
    graph = network(trade.sales)
    for flow in planted:
        flow.size = len(smallest_cut(graph, flow))
        if flow.cut:
            left = graph.subgraph(set(graph) - {firm.key for firm in flow.cut})
            reached = set().union(*(nx.descendants(left, a.key) for a in flow.sources if a.key in left))
            if flow.size != len(flow.cut) or reached & {f"town:{town}" for town in flow.towns}:
                raise ValueError(
                    f"the cut of {all_goods()[flow.goods].name} has {flow.size} firms, not {len(flow.cut)}"
                )
        elif flow.size <= len(SHARES):
            raise ValueError(f"{all_goods()[flow.goods].name} can be cut with {flow.size} firms")
