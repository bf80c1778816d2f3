"""GET /api/v1/packs: the manifest that `tiles build` wrote (docs/wire.md, Packs). The archives themselves are files (files.py)."""

from pathlib import Path

import msgspec
from litestar import Response, get
from litestar.datastructures import State
from litestar.openapi.datastructures import ResponseSpec

from server.settings import Settings
from server.web.guard import PUBLIC
from server.wire import PackList

EMPTY = msgspec.json.encode(PackList(()))


@get(
    "/api/v1/packs",
    opt=PUBLIC,
    sync_to_thread=True,
    summary="The maps that a phone can keep",
    responses={
        200: ResponseSpec(
            PackList, generate_examples=False, description="Every pack with the hash of each of its pieces."
        )
    },
)
def list_packs(state: State) -> Response[bytes]:
    """The packs as they lie; none where no map was built yet."""
    settings: Settings = state.settings
    return Response(
        manifest(settings.data_dir / "packs" / "packs.json"),
        media_type="application/json",
        headers={"cache-control": "public, no-cache"},
    )


def manifest(file: Path) -> bytes:
    """The file's bytes, read as PackList first: a half-written or foreign file is an error here, not on a phone."""
    try:
        body = file.read_bytes()
    except FileNotFoundError:
        return EMPTY
    msgspec.json.decode(body, type=PackList)
    return body
