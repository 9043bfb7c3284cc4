"""What a header can mean in records of one kind: its possible fields, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from narrows.load.columns.headers import Header, lexicon
from narrows.model.fields import ROLES_OF, type_of
from narrows.model.mapping import GOODS_KINDS

_MOST_WAYS = 12
_LEAST_SHARE = 0.5

# A role beside one of these does not make it the role's: "buyer's intended use" is the use.
_BESIDE_ROLE = frozenset(
    {
        "buyer_status", "stated_use", "remittance_or_use", "licence_no", "licence_until", "bank_country", "remittance",
        "signatory", "signatory_function", "signed", "identity_document", "function", "share", "since", "until",
        "status", "relation", "founded",
    }
)  # fmt: skip
# Meanings whose header may carry "name".
_NAMED = frozenset({"signatory", "transport?", "site", "description", "list", "programme", "container", "carrier"})
_PLACES = frozenset({"address", "city", "country"})
# Whom a word for two roles means first: Turkish "alıcı" is the buyer of an order and the receiver of goods or money.
_FIRST = {"bills": "consignee", "payments": "payee"}
_DATES = frozenset({"founded", "since", "until", "licence_until", "date?"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One field that a header may mean.

    Attributes:
        field: a field of the kind; "?.address" for an attribute of somebody who is named elsewhere; "#order" for the
            number of a paper.
        strength: 0..1; of two columns for one field the stronger is read.
        second: counts only where nothing else says the same, and only if the values agree.
        mixed: the header names two things in one column, such as name and address.
    """

    field: str
    strength: float
    second: bool = False
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read the phrases of a header: their tags by sort."""

    kind: str
    roles: tuple[str, ...]
    attributes: tuple[str, ...]
    papers: tuple[str, ...]
    words: frozenset[str]
    pairs: tuple[str, ...]
    meanings: tuple[str, ...]
    second: bool
    share: float


def readings(header: Header, kind: str) -> tuple[Reading, ...]:
    """Return the fields that a header may mean in records of a kind, the likeliest first; () where it means none."""
    if header.share < _LEAST_SHARE:
        return ()
    found: dict[str, Reading] = {}
    for tags in islice(product(*header.meanings), _MOST_WAYS):
        if "!" in tags:
            continue
        for reading in _of_way(_way(tags, kind, header.share)):
            best = found.get(reading.field)
            if best is None or best.strength < reading.strength:
                found[reading.field] = reading
    first = _FIRST.get(kind, "")
    return tuple(
        sorted(found.values(), key=lambda one: (one.second, -one.strength, one.field.partition(".")[0] != first))
    )


def role_in(kind: str, role: str) -> str:
    """Return the role that a role word means in records of a kind, or ""."""
    return role if role in ROLES_OF[kind] else lexicon().role_as.get(kind, {}).get(role, "")


def _way(tags: tuple[str, ...], kind: str, share: float) -> _Way:
    def sort(sign: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(tag[1:] for tag in tags if tag.startswith(sign)))

    meanings = tuple(dict.fromkeys(tag for tag in tags if tag[0].isalpha()))
    attributes = tuple(dict.fromkeys(name.rstrip("?") for name in sort(".")))
    second = any(tag.endswith("?") for tag in tags)
    return _Way(
        kind, sort("@"), attributes, sort("#"), frozenset(sort("~")), sort("="), _telling(meanings), second, share
    )


def _telling(meanings: tuple[str, ...]) -> tuple[str, ...]:
    """The meanings without those that only qualify another: "goods: quantity" is the quantity."""
    left = [one for one in meanings if len(meanings) == 1 or one not in ("description", "designation")]
    if len(left) > 1 and not _DATES.isdisjoint(left):
        left = [one for one in left if one != "date"]
    for telling in ("unit", "currency", "date"):
        if telling in left:
            return (telling,)
    if not {"book", "counted"}.isdisjoint(left):
        left = [one for one in left if one != "quantity"]
    return tuple(left) or meanings[:1]


def _of_way(way: _Way) -> Iterator[Reading]:
    if way.pairs:
        yield from _of_pair(way)
    elif way.meanings:
        yield from _of_meaning(way)
    elif way.papers:
        yield from _of_paper(way)
    elif way.roles:
        yield from _of_role(way)
    elif way.attributes:
        yield from _of_attributes(way, "?", 1.0)
    elif "ref" in way.words and way.kind == "payments":
        yield Reading("reference", 0.5 * way.share)
    elif "code" in way.words and way.share == 1:
        yield from (Reading(field, 0.3, second=True) for field in ("cas", "hs") if type_of(way.kind, field) is not None)


def _of_pair(way: _Way) -> Iterator[Reading]:
    role, _, attribute = way.pairs[0].partition(".")
    if way.meanings:
        return
    if role == "company" and way.roles:
        role = _role(way)[0]
    meant = role_in(way.kind, role)
    if meant:
        yield Reading(f"{meant}.{attribute}", way.share * (1 if meant == role else 0.8), way.second)


def _of_meaning(way: _Way) -> Iterator[Reading]:
    kinds = lexicon().meaning_in.get(way.kind, {})
    meaning, more = way.meanings[0], way.meanings[1:]
    if "designation" in way.meanings and way.roles:
        yield from _of_attributes(way, _role(way)[0], way.share)
        return
    if more or (meaning in ("description", "designation", "remittance") and way.words & {"number", "code", "ref"}):
        return
    if meaning == "status" and _role(way)[0] == "buyer":
        meaning = "buyer_status"
    if way.roles and meaning not in _BESIDE_ROLE and not (meaning == "date" and way.papers):
        return
    if set(way.attributes) - ({"name"} if meaning in _NAMED else set()) - {"id"}:
        return
    if meaning == "signatory" and "function" in way.meanings:
        meaning = "signatory_function"
    plain = meaning.rstrip("?")
    field = kinds.get(plain, plain)
    if type_of(way.kind, field) is None:
        if plain == "designation" and type_of(way.kind, field) is None:
            yield from _of_attributes(way, "?", 0.8)
        elif plain == "status" and type_of(way.kind, "buyer_status") is not None:
            yield Reading("buyer_status", 0.5 * way.share, second=True)
        return
    strength = way.share if not way.papers or _is_own(way) else 0.8 * way.share
    yield Reading(field, strength * (0.7 if way.second else 1), way.second)


def _is_own(way: _Way) -> bool:
    return _OWN_PAPER.get(way.kind) in way.papers or "document" in way.papers


_OWN_PAPER = {
    "orders": "order", "invoices": "invoice", "declarations": "declaration", "bills": "bl", "payments": "payment",
    "end-use": "statement", "relations": "contract", "packing": "packing", "certificates": "certificate",
    "replies": "reply",
}  # fmt: skip

# The papers that give records of a kind their number, the first that is there.
PAPERS: dict[str, tuple[str, ...]] = {
    "orders": ("invoice", "order", "document"),
    "invoices": ("invoice", "document", "order"),
    "declarations": ("declaration", "document", "bl", "invoice", "order"),
    "bills": ("bl", "document", "declaration", "invoice", "order"),
    "payments": ("payment", "document"),
    "relations": ("contract", "document"),
    "end-use": ("statement", "document", "declaration", "order"),
    "register": ("document",),
    "stock": ("document",),
    "entities": ("document",),
    "packing": ("packing", "document", "invoice", "order"),
    "certificates": ("certificate", "document", "invoice", "order"),
    "replies": ("reply", "document"),
    "recoveries": ("document",),
    "statistics": ("document",),
}


def _of_paper(way: _Way) -> Iterator[Reading]:
    if "type" in way.words or set(way.attributes) - {"id"}:
        return
    numbered = bool(way.words) or "id" in way.attributes
    if way.share < 1 and not numbered:
        return
    papers = [paper for paper in way.papers if paper != "document"] or ["document"]
    strength = way.share * (1.0 if numbered else 0.7) * (0.6 if way.roles else 1.0)
    yield Reading(f"#{papers[0]}", strength, second=not numbered)


def _role(way: _Way) -> tuple[str, bool, bool]:
    """The role, whether it is meant in the word's own sense, and whether the header names two."""
    own = [role for role in way.roles if role in ROLES_OF[way.kind]]
    telling = [role for role in own if role not in ("company", "party")] or own
    if telling:
        return telling[0], True, len(telling) > 1
    bent = list(dict.fromkeys(filter(None, (role_in(way.kind, role) for role in way.roles))))
    return (bent[0], False, len(bent) > 1) if bent else ("", False, False)


def _of_role(way: _Way) -> Iterator[Reading]:
    role, own, two = _role(way)
    if not role:
        return
    strength = way.share * (1.0 if own else 0.8)
    if way.attributes:
        yield from _of_attributes(way, role, strength)
    elif "type" in way.words:
        return
    elif way.words & {"number", "code"}:
        yield Reading(f"{role}.id", strength, mixed=two)
    elif "ref" in way.words:
        # Elsewhere "customer ref" is the customer's number for the order.
        if way.kind in ("register", "relations"):
            yield Reading(f"{role}.id", strength, mixed=two)
    elif way.share == 1:
        yield Reading(f"{role}.name", strength * 0.95, mixed=two)
        yield Reading(f"{role}.vat", strength * 0.5, second=True)
        yield Reading(f"{role}.id", strength * 0.4, second=True)


def _of_attributes(way: _Way, role: str, strength: float) -> Iterator[Reading]:
    if not role:
        return
    names = set(way.attributes) or {"name"}
    if "type" in way.words and names != {"activity"}:
        return
    if len(names) > 1 and names <= _PLACES:
        names = {"address"}
    for weak in ("id", "name", "registration", "country"):
        if len(names) > 1 and weak in names and names != {"name", "address"} and names != {"name", "id"}:
            names = names - {weak}
    mixed = len(names) > 1
    attribute = "name" if mixed and "name" in names else min(names)
    if attribute == "kind" and way.kind in GOODS_KINDS:
        return
    if role == "?" and not mixed and type_of(way.kind, attribute) is not None:
        yield Reading(attribute, strength * way.share)  # the country of a find is that of its place
        return
    if role == "?" and attribute == "activity" and way.kind == "end-use":
        yield Reading("trade", strength * way.share, way.second)
        return
    yield Reading(f"{role}.{attribute}", strength * way.share * (0.7 if way.second else 1), way.second, mixed)
