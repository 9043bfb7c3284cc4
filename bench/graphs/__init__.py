"""Networks measured: speed and proof, beside networkx and igraph. See __main__."""
