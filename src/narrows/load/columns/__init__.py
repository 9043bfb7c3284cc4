"""What the columns of a table mean: as a mapping says, as shipped, or as proposed from headers and values."""
