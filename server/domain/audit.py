"""Which fields an op has said anew: what its audit row tells beside the verb and the thing. Never what they say."""

import msgspec

from server.domain import edit
from server.domain.done import Done


def fields_of(args: msgspec.Struct, done: Done) -> list[str]:
    """The fields of `done`, where its verb names them; else those of the args' `set` that went in."""
    if done.fields:
        return list(done.fields)
    given = getattr(args, "set", None)
    if not isinstance(given, msgspec.Struct):
        return []
    left = edit.lost(done.result.get("conflicts", ()))
    return [name for name in edit.sent(given) if name not in left]
