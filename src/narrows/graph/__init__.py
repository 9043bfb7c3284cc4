"""Networks as arrays: where a flow narrows. Pure functions; they know neither cases nor files.

`network` holds a network, `choke` answers what a flow rests on (read it first), `players` what holds an undirected one
together. Below `choke`: `problem` reduces a network to one flow, `pricing` gives bounds, `search` finds sets, `proof`
proves them, `dominance` tells what every way passes, `resample` what changes when edges are missing. `passes` and
`pushing` are compiled. `ways` answers which few nodes carry most of what went by ways that are on record.
"""
