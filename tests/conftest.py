"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import pytest
from stand_in import StandIn


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()
