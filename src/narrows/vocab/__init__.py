"""Pure functions that read what people write in cells: texts, numbers, dates, units, concentrations.

Each gives a value or None, never raises on any text, reads no clock and no setting, and never guesses: what can be
read in two ways is None, or says so.
"""
