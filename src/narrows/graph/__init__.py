"""Networks as arrays: where a flow narrows. Pure functions; they know neither cases nor files.

`network` holds a network, `choke` answers what its flow rests on, `players` what holds an undirected one together;
`ways` answers which few nodes carry most of what went by ways that are on record.
"""
