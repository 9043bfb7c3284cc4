"""Aggregate trade: made-up statistics with planted gaps, surges and co-movements, and what is found of them."""
