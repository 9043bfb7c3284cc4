"""Graphs in XML: GraphML (graphml.graphdrawing.org) and GEXF 1.2 (gexf.net). The same graph gives the same bytes.

What XML 1.0 cannot hold stands as U+FFFD; what would turn the direction of the text around it is dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

Row = Mapping[str, Any]

# Attribute -> its type in GraphML. Amounts are decimal numbers, of which both formats know none: double keeps them to
# 15 digits. Days are texts, as 2024-03-01.
NODE = {
    "label": "string", "kind": "string", "role": "string", "country": "string", "activity": "string",
    "logistics": "boolean", "lines": "long", "registered_with": "string", "latitude": "double", "longitude": "double",
}  # fmt: skip
EDGE = {
    "kind": "string", "commodity": "string", "lines": "long", "mass": "double", "weighed": "long", "amount": "double",
    "currency": "string", "first": "string", "last": "string", "undated": "long", "evidence": "string",
}  # fmt: skip

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def graphml(nodes: Iterable[Row], edges: Iterable[Row]) -> Iterator[str]:
    """Yield a GraphML document in pieces."""
    yield _HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for about, fields in (("node", NODE), ("edge", EDGE)):
        for name, kind in fields.items():
            yield f'  <key id="{about}-{name}" for="{about}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '  <graph id="network" edgedefault="directed">\n'
    for node in nodes:
        yield f"    <node id={_attribute(node['id'])}>{_data('node', NODE, node)}</node>\n"
    for nth, edge in enumerate(edges, start=1):
        ends = f"source={_attribute(edge['source'])} target={_attribute(edge['target'])}"
        yield f'    <edge id="e{nth}" {ends}>{_data("edge", EDGE, edge)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def gexf(nodes: Iterable[Row], edges: Iterable[Row]) -> Iterator[str]:
    """Yield a GEXF document in pieces; the weight of an edge is its number of lines."""
    yield _HEAD + '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '  <graph mode="static" defaultedgetype="directed">\n'
    for about, fields in (("node", NODE), ("edge", EDGE)):
        yield f'    <attributes class="{about}">\n'
        for name, kind in fields.items():
            if name != "label":
                yield f'      <attribute id="{name}" title="{name}" type="{kind}"/>\n'
        yield "    </attributes>\n"
    yield "    <nodes>\n"
    for node in nodes:
        label = _attribute(node["label"] or node["id"])
        yield f"      <node id={_attribute(node['id'])} label={label}>{_values(NODE, node)}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for nth, edge in enumerate(edges, start=1):
        ends = f'source={_attribute(edge["source"])} target={_attribute(edge["target"])} weight="{edge["lines"] or 0}"'
        yield f'      <edge id="e{nth}" {ends}>{_values(EDGE, edge)}</edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def text(value: object) -> str:
    """Return a value as XML can hold it, not yet escaped."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    return _TURNS.sub("", _NO_XML.sub("\ufffd", str(value)))


def _data(about: str, fields: Mapping[str, str], row: Row) -> str:
    return "".join(
        f'<data key="{about}-{name}">{escape(text(row[name]), {chr(13): "&#13;"})}</data>'
        for name in fields
        if row[name] is not None
    )


def _values(fields: Mapping[str, str], row: Row) -> str:
    found = "".join(
        f'<attvalue for="{name}" value={_attribute(row[name])}/>'
        for name in fields
        if name != "label" and row[name] is not None
    )
    return f"<attvalues>{found}</attvalues>" if found else ""


def _attribute(value: object) -> str:
    return quoteattr(text(value))
