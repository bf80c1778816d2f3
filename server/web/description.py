"""GET /api/v1/openapi.json: the description of the interface, made from the code by `make types` and held to it by a test."""

from pathlib import Path

from litestar import Response, get

from server.web.guard import PUBLIC

DOCUMENT = (Path(__file__).parent / "openapi.json").read_bytes()


@get("/api/v1/openapi.json", opt=PUBLIC, include_in_schema=False)
async def openapi_document() -> Response[bytes]:
    """OpenAPI 3.1."""
    return Response(DOCUMENT, media_type="application/json", headers={"cache-control": "public, no-cache"})
