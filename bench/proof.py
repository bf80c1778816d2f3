"""Tables in documents: what stands between `<!-- name -->` and `<!-- /name -->` is written by the command that measured it."""

import re
from pathlib import Path


def keep(document: Path, mark: str, text: str) -> None:
    """Puts `text` between the marks. Raises ValueError where the document has none."""
    before = document.read_text(encoding="utf-8")
    part = f"<!-- {mark} -->\n{text}\n<!-- /{mark} -->"
    after, count = re.subn(rf"<!-- {mark} -->.*?<!-- /{mark} -->", lambda _: part, before, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{document.name}: no part marked {mark}")
    document.write_text(after, encoding="utf-8")
