"""What can go wrong with a dossier; every message ends with the next step."""

from __future__ import annotations


class DossierError(Exception):
    """A dossier cannot be opened, read or written."""


class NotADossier(DossierError):
    """What is there is damaged, or no dossier."""


class MissingDossier(NotADossier):
    """Nothing is there."""


class NewerDossier(DossierError):
    """Another version of Dragoman, most likely a later one, wrote what this one cannot read."""


class BusyDossier(DossierError):
    """Another command holds the dossier for writing."""


class UnreachableDossier(DossierError):
    """The server of a dossier does not answer, refuses, or went away."""
