"""What can go wrong with a dossier; every message ends with the next step."""

from __future__ import annotations


class DossierError(Exception):
    """A dossier cannot be opened or written."""


class NotADossier(DossierError):
    """The file is missing, damaged, or not a dossier."""


class NewerDossier(DossierError):
    """Another version of Dragoman, most likely a later one, wrote what this one cannot read."""


class BusyDossier(DossierError):
    """Another command holds the dossier for writing."""
