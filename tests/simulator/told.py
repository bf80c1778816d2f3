"""A process that is told what to do by JSON lines: one answer a line, one at a time, until whoever tells it is gone."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any


def answer_lines(does: Mapping[str, Callable[..., Any]]) -> None:
    """Each line names what to `do`, with what it takes beside it; what goes wrong is the answer too."""
    for line in sys.stdin:
        told = json.loads(line)
        try:
            said = does[told.pop("do")](**told)
        except Exception as error:
            said = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(said), flush=True)
