"""The API asked for whatever its description allows, and what it does not: no server error, and JSON always."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is missing: pip install -e '.[web-test]'")
ASKED = 12  # times for each page, of what may be asked and of what may not


@pytest.fixture(scope="module")
def described(oravia: str) -> Any:
    return schemathesis.openapi.from_url(f"{oravia}/openapi.json")


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_no_request_breaks_the_server(described: Any, mode: str) -> None:
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import content_type_conformance

    # not response_schema_conformance, which takes `prefixItems` for `items`
    checks, asked = [not_a_server_error, content_type_conformance], 0
    for found in described.get_all_operations():
        operation = found.ok()
        if mode == "NEGATIVE" and not any(given.name != "as_of" for given in operation.query):
            continue  # any name may stand in a path

        @settings(max_examples=ASKED, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode]))
        def ask(case: Any) -> None:
            case.call_and_validate(checks=checks)

        ask()
        asked += 1
    assert asked > 5
