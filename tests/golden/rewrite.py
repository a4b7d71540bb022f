"""Write the golden dossiers anew (`make golden`): read the diff before you commit it.

The dossier of each example crisis as JSON, a line for each row, without the texts. 8-bit products may differ between
families of processors, so the family they were written on stands in FAMILY, and the test is skipped on another.
"""

from __future__ import annotations

import platform
from pathlib import Path

import msgspec
from crises import CRISES, dossier

from dragoman.records import Dossier

GOLDEN = Path(__file__).parent
DIGESTS = ("dragoman", "model", "ontology")


def family() -> str:
    """The processor's architecture, and how it multiplies bytes (which decides the rounding)."""
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    vnni = next((name for name in ("avx512_vnni", "avx_vnni") if name in flags), "no vnni")
    return f"{platform.machine()} {vnni}"


def golden(found: Dossier) -> str:
    """A dossier as lines of JSON that a diff shows well."""
    lines = []
    for name, rows in msgspec.json.decode(msgspec.json.encode(found)).items():
        if not isinstance(rows, list):
            if name not in DIGESTS:
                lines.append(f"{name}: {rows}")
            continue
        for row in rows:
            kept = {key: value for key, value in row.items() if (name, key) != ("reports", "text")}
            lines.append(f"{name}: {msgspec.json.encode(kept).decode()}")
    return "\n".join(lines) + "\n"


def main() -> None:
    for crisis in CRISES:
        (GOLDEN / f"{crisis}.jsonl").write_text(golden(dossier(crisis)), encoding="utf-8")
    (GOLDEN / "FAMILY").write_text(family() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
