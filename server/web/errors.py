"""Exceptions to problem documents (docs/wire.md). Here alone codes of the domain meet status and words; nothing of a 500 goes out."""

import logging
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap
from starlette.exceptions import HTTPException as FileException

from server.ops import AFTER_BUSY_S, AFTER_FULL_S
from server.store.database import Busy
from server.store.refusal import Full, StoreRefused
from server.wire import FieldError, Problem
from sync.cursor import BadCursor, Resync

log = logging.getLogger(__name__)

TYPE = "application/problem+json"

# status → (code, title, detail): what an HTTP status says where nobody knew better.
WORDS: dict[int, tuple[str, str, str]] = {
    400: ("invalid", "Bad request", "Der er en fejl i det, der blev sendt."),
    401: ("login_needed", "Unauthorized", "Du skal logge ind for at se det her."),
    403: ("forbidden", "Forbidden", "Det må du ikke herfra."),
    404: ("not_found", "Not found", "Det findes ikke her."),
    405: ("method_not_allowed", "Method not allowed", "Det kan man ikke gøre på denne adresse."),
    408: ("too_slow", "Request timeout", "Det tog for lang tid at sende. Prøv igen."),
    413: ("too_large", "Content too large", "Det er for meget på én gang."),
    415: ("unsupported_type", "Unsupported media type", "Den slags indhold tager vi ikke imod her."),
    416: ("bad_range", "Range not satisfiable", "Det stykke er der ikke i filen."),
    422: ("invalid", "Unprocessable content", "Der er en fejl i det, der blev sendt."),
    429: ("too_many_tries", "Too many requests", "Det var forkert for mange gange. Prøv igen om en time."),
    503: ("busy", "Service unavailable", "Vi har travlt lige nu. Prøv igen om lidt."),
    507: ("full", "Insufficient storage", "Der er ikke plads til mere hos os. Prøv igen senere."),
}
WRONG = "Noget gik galt hos os. Prøv igen om lidt."

Asked = Request[Any, Any, Any]


class Refused(Exception):
    """A request that is refused as a whole: the status, a stable code and Danish words for people."""

    def __init__(
        self, status: int, code: str, detail: str, *, limit: int | None = None, wait_s: int | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.limit, self.wait_s = status, code, detail, limit, wait_s


def answer(problem: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    """The problem as a response that nobody keeps."""
    return Response(
        problem.encode(),
        status_code=problem.status,
        media_type=TYPE,
        headers={"cache-control": "no-store", **(headers or {})},
    )


def _problem(status: int, code: str | None = None, detail: str | None = None, **more: Any) -> Problem:
    known_code, title, words = WORDS.get(status) or (WORDS[400] if status < 500 else ("error", "Error", WRONG))
    return Problem(status, title, code or known_code, detail or words, **more)


def _refused(_: Asked, error: Refused) -> Response[bytes]:
    more = {} if error.limit is None else {"limit": error.limit}
    wait = None if error.wait_s is None else {"retry-after": str(error.wait_s)}
    return answer(_problem(error.status, error.code, error.detail, **more), wait)


def _http(_: Asked, error: HTTPException) -> Response[bytes]:
    return answer(_problem(error.status_code), dict(error.headers or {}))


def _file(_: Asked, error: FileException) -> Response[bytes]:
    return answer(_problem(error.status_code), dict(error.headers or {}))


def _invalid(_: Asked, error: ValidationException) -> Response[bytes]:
    found = error.extra if isinstance(error.extra, list) else []
    fields = tuple(FieldError(str(f.get("key", "")), "invalid", str(f.get("message", ""))) for f in found)
    return answer(_problem(422, "invalid", "Der er en fejl i det, der blev sendt.", errors=fields))


def _bad_cursor(_: Asked, error: BadCursor) -> Response[bytes]:
    field = FieldError("since", "bad_cursor", str(error))
    return answer(_problem(422, "bad_cursor", "Mærket for, hvor langt du har læst, kan ikke forstås.", errors=(field,)))


def _resync(_: Asked, __: Resync) -> Response[bytes]:
    return answer(Problem(410, "Gone", "resync", "Listen er begyndt forfra. Telefonen henter den igen."))


def _busy(_: Asked, __: Busy) -> Response[bytes]:
    return answer(_problem(503), {"retry-after": str(AFTER_BUSY_S)})


def _full(_: Asked, __: Full) -> Response[bytes]:
    problem = _problem(503, "full", "Der er ikke plads til mere hos os. Prøv igen senere.")
    return answer(problem, {"retry-after": str(AFTER_FULL_S)})


def _unavailable(_: Asked, error: StoreRefused) -> Response[bytes]:
    log.error("%s", error)
    problem = _problem(503, "unavailable", "Vi kan ikke nå vores data lige nu. Prøv igen om lidt.")
    return answer(problem, {"retry-after": str(AFTER_FULL_S)})


def _unexpected(_: Asked, error: Exception) -> Response[bytes]:
    # The path is not logged: /m/… and pages say what a person looked at.
    log.error("unexpected: %s", type(error).__name__, exc_info=error)
    return answer(Problem(500, "Internal server error", "unexpected", WRONG))


HANDLERS: ExceptionHandlersMap = {
    Refused: _refused,
    ValidationException: _invalid,
    HTTPException: _http,
    FileException: _file,
    BadCursor: _bad_cursor,
    Resync: _resync,
    Busy: _busy,
    Full: _full,
    StoreRefused: _unavailable,
    Exception: _unexpected,
}
