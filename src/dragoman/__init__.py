"""Dragoman reads news reports of a political crisis and keeps the record of who did what to whom, and who said so."""

__version__ = "0.1.0"
