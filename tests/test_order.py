"""The same reports give the same dossier, byte for byte, in any order."""

from __future__ import annotations

import msgspec
import pytest
from crises import CRISES, dossier, dossier_of, knowledge_of, reports


@pytest.mark.parametrize("crisis", CRISES)
def test_backwards(crisis: str) -> None:
    backwards = dossier_of(tuple(reversed(reports(crisis))), knowledge_of(crisis))
    assert msgspec.json.encode(backwards) == msgspec.json.encode(dossier(crisis))
