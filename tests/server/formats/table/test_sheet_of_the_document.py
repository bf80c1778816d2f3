"""docs/regneark.md shows a sheet and the words for columns: both are what the reader does."""

import re
from pathlib import Path

from server.formats.table.headings import MEANS, as_target
from tests.server.formats.table.test_table import Sheet

TEXT = (Path(__file__).resolve().parents[4] / "docs" / "regneark.md").read_text(encoding="utf-8")


def part(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n(.*?)<!-- /{mark} -->", TEXT, re.DOTALL)
    assert found
    return found[1]


def test_the_sheet_that_the_document_shows_is_read_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "steder.csv"
    path.write_text(part("ark").replace("```\n", ""), encoding="utf-8")
    sheet = Sheet(path, tmp_path / "data")
    assert "" not in sheet.columns.values()
    bench, hall, hut = (one.fields for one in sheet.found)
    assert bench["surface"] == {"value": "firm", "seen_on": "2024-05-01"}
    assert hall["access"]["door_cm"] == {"value": 85, "seen_on": "2025-03-12"}
    assert hall["hours"]["weekly"] == [{"days": ["mo", "tu", "we", "th", "fr"], "opens": "09:00", "closes": "15:00"}]
    assert (hut, sheet.found[2].wgs84) == ({"name": {"da": "Bålhytten"}}, "")
    assert sheet.codes() == [(None, "rounded")]


def test_the_words_for_columns_are_those_of_the_document() -> None:
    rows = "".join(f"| `{target or 'ingen'}` | {means} |\n" for target, means in MEANS.items())
    assert part("kolonner") == f"| FELT | læses som |\n|---|---|\n{rows}"
    assert as_target("width") == "width_cm"
    assert as_target("ingen") == ""
