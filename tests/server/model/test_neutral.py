"""What stands on a lock screen says nothing of how somebody has it."""

import json
from pathlib import Path
from typing import Any

import pytest

from server.model.neutral import heavy, heavy_of
from server.model.values import Text

TABLE: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[2] / "vectors" / "neutral.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", TABLE["heavy"], ids=lambda case: case["words"])
def test_a_word_about_how_somebody_has_it_is_found_as_it_is_written(case: Any) -> None:
    assert list(heavy(case["words"])) == case["found"]


@pytest.mark.parametrize("words", TABLE["light"])
def test_words_that_only_look_like_it_are_left_alone(words: str) -> None:
    assert heavy(words) == ()


def test_each_language_of_a_text_is_read() -> None:
    assert heavy_of(Text(da="Kaffe kl. 14", en="Coffee", de="Gegen Einsamkeit")) == ("de", ("Einsamkeit",))
    assert heavy_of(Text(da="Alene hjemme", en="Lonely")) == ("da", ("Alene",))
    assert heavy_of(Text(da="Kaffe", en="Coffee", de="Kaffee")) is None
