"""Graphs: pure functions on nodes and edges; no case, no SQL."""
