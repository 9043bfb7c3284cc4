"""How well junctions, choke points, custody and first dates are found: planted networks, the truth, the scores."""
