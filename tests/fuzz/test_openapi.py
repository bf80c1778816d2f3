"""What openapi.json promises, asked in every way that it allows and in many that it does not: never a 5xx but "busy", and no answer
of a status, a type or a shape that the document does not tell."""

from typing import Any

import schemathesis
from schemathesis.checks import CHECKS
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.fuzz.conftest import MANY
from tests.served import ROOT

document = schemathesis.openapi.from_path(str(ROOT / "server/web/openapi.json"))
EVERY: list[Any] = [
    CHECKS.get_one("not_a_server_error"),
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@schemathesis.serializer("application/x-ndjson")
def lines(_: Any, value: Any) -> bytes:
    """As it is: a body is text here."""
    return str(value).encode("utf-8", "surrogatepass")


@document.parametrize()
@MANY
def test_every_answer_is_one_that_the_document_tells(case: schemathesis.Case[Any], url: str) -> None:
    answer = case.call(base_url=url, headers={"origin": url})
    case.validate_response(answer, checks=EVERY)
