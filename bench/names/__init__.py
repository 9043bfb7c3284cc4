"""Names: labelled pairs, and what is learnt from names."""
