"""How well junctions, choke points, custody and first dates are found: planted networks, their truth, and the scores."""
