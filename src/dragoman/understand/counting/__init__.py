"""Quantities: reading numbers off words, their bounds and their units."""
