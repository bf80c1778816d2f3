"""The demo's line of sources on the map: whole, and one line on a phone."""

from pathlib import Path

import pytest

from tiles.site import read_attribution

ROOT = Path(__file__).resolve().parent.parent.parent
ONE_LINE = 40  # characters at 16 px on a phone of 390 px


@pytest.mark.parametrize("language", ["da", "en", "de"])
def test_the_demos_line_names_both_works_and_their_licences_on_one_line(language: str) -> None:
    line = read_attribution(ROOT / "demo/layers", {})[language]
    assert all(word in line for word in ("GSHHG", "LGPL-3", "GeoNames", "CC BY 4.0"))
    assert len(line) <= ONE_LINE


def test_the_long_form_stands_in_the_demos_readme() -> None:
    readme = (ROOT / "demo/README.md").read_text(encoding="utf-8")
    assert all(word in readme for word in ("P. Wessel and W. H. F. Smith", "LGPL-3", "GeoNames (CC BY 4.0)"))
