"""What can go wrong with a dossier; every message ends with the next step."""

from __future__ import annotations


class DossierError(Exception):
    """A dossier cannot be opened, read or written; where it `passes`, waiting may mend it."""

    passes = False


class NotADossier(DossierError):
    """What is there is damaged, or no dossier."""


class MissingDossier(NotADossier):
    """Nothing is there."""


class NewerDossier(DossierError):
    """Another version of Dragoman, most likely a later one, wrote what this one cannot read."""


class BusyDossier(DossierError):
    """Another command holds the dossier for writing."""

    passes = True


class FullDossier(DossierError):
    """There is no room left where the dossier is kept."""

    passes = True


class UnreachableDossier(DossierError):
    """The server of a dossier does not answer, or went away."""

    passes = True


class ClosedDossier(UnreachableDossier):
    """The server of a dossier will not let us in, or nothing here can speak to it."""

    passes = False
