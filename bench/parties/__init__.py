"""How well records of parties are brought together: a synthetic order book, its truth, and the score."""
