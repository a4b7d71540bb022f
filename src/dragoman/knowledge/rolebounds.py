"""How the rules' choice of who acts and is acted on and the learned scorer's are put together: `roles.toml`."""

from __future__ import annotations

import tomllib

from msgspec import Struct, convert

from dragoman.knowledge.tables import shipped
from dragoman.records import EventType


class RoleBounds(Struct, frozen=True):
    """Of one role: the weights of the two opinions, and how sure they must be together."""

    bias: float
    trust: float
    rival: float
    known: float
    picked: float
    guessed: float
    elsewhere: float
    crossed: float
    fill: float
    keep: float
    spare: float
    take: float
    of: frozenset[EventType]

    @property
    def weights(self) -> tuple[float, ...]:
        """What multiplies `casting.evidence`."""
        return (self.bias, self.trust, self.rival, self.known, self.picked, self.guessed, self.elsewhere, self.crossed)


class RealBounds(Struct, frozen=True):
    """What is told as it is, by the rules, and less likely real than `least` by the scorer is hypothetical."""

    least: float


class Roles(Struct, frozen=True):
    """`roles.toml`."""

    actor: RoleBounds
    recipient: RoleBounds
    real: RealBounds


def load() -> Roles:
    """The shipped weights and bounds.

    >>> 0 <= load().actor.spare < load().actor.keep < load().actor.fill <= 1
    True
    """
    return convert(tomllib.loads(shipped("roles.toml")), Roles)
