"""The example crises give the dossiers that were looked at and kept; `make golden` writes them anew."""

from __future__ import annotations

import pytest
from crises import CRISES, dossier
from golden.rewrite import GOLDEN, family, golden


@pytest.mark.parametrize("crisis", CRISES)
def test_golden(crisis: str) -> None:
    kept = (GOLDEN / "FAMILY").read_text(encoding="utf-8").strip()
    if family() != kept:
        pytest.skip(f"golden dossiers were written on {kept}, this is {family()}; the floors hold everywhere")
    assert golden(dossier(crisis)) == (GOLDEN / f"{crisis}.jsonl").read_text(encoding="utf-8")
