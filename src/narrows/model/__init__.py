"""Frozen words: what the stages speak of. No logic, no input or output."""
