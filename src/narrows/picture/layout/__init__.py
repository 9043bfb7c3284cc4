"""Geometry of the pictures: numbers in, numbers out, nothing drawn."""
