"""What openapi.json tells of an answer beside the good one, and of a body that Litestar does not read for us."""

from dataclasses import dataclass
from typing import Any

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, Reference, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType

from server.web.errors import TYPE, WORDS
from server.wire import Problem

GONE = {410: "Gone"}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Each as a problem document (RFC 9457)."""
    titles = GONE | {status: title for status, (_, title, _) in WORDS.items()}
    return {
        status: ResponseSpec(Problem, media_type=TYPE, generate_examples=False, description=titles[status])
        for status in statuses
    }


@dataclass
class LinesOperation(Operation):
    """POST /api/v1/ops reads its lines itself: one op a line, as `Op` of sync/wire.py."""

    def __post_init__(self) -> None:
        op: Schema | Reference = Schema(type=OpenAPIType.STRING, description="One op a line; see Op in docs/wire.md.")
        self.request_body = RequestBody({"application/x-ndjson": OpenAPIMediaType(schema=op)}, required=True)


@dataclass
class BytesOperation(Operation):
    """PUT /api/v1/blobs takes the bytes of a picture or a file as they are."""

    def __post_init__(self) -> None:
        body: Schema | Reference = Schema(type=OpenAPIType.STRING, description="JPEG, PNG or WebP.")
        self.request_body = RequestBody({"application/octet-stream": OpenAPIMediaType(schema=body)}, required=True)


class CalendarOperation(Operation):
    """POST /api/v1/calendars/look takes a calendar as it is."""

    def __post_init__(self) -> None:
        body: Schema | Reference = Schema(type=OpenAPIType.STRING, description="iCalendar, RFC 5545.")
        self.request_body = RequestBody({"text/calendar": OpenAPIMediaType(schema=body)}, required=True)


def without_defaults(schema: dict[str, Any]) -> dict[str, Any]:
    """Litestar writes a 400 of its own beside each parameter; ours is 422, and stands there already."""
    for methods in schema["paths"].values():
        for operation in methods.values():
            operation["responses"].pop("400", None)
    return schema
