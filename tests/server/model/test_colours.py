"""The municipality's own colour: which are taken, what is made of them, and that what they are held against is the look's own."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.model import colours

ROOT = Path(__file__).resolve().parents[3]
TOKENS = (ROOT / "pwa/src/ui/look/tokens.css").read_text(encoding="utf-8")
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def token(theme: str, name: str) -> str:
    """A token of a theme's own blocks in tokens.css."""
    blocks = re.findall(rf'\[data-theme="{theme}"\] \{{([^}}]*)\}}', TOKENS)
    found = re.findall(rf"--{name}:\s*(#[0-9a-f]{{6}})", "\n".join(blocks))
    assert len(found) == 1, (theme, name)
    return str(found[0])


WRITTEN = ("surface", "ground", "sky", "sunken", "now-soft", "m-land", "m-field")
DRAWN = tuple(
    f"m-{name}"
    for name in [
        "field-2",
        "meadow",
        "wood",
        "heath",
        "wetland",
        "sand",
        "water",
        "park",
        "built",
        "yard",
        "building",
        "road",
    ]
)


@pytest.mark.parametrize("theme", colours.THEMES)
def test_what_a_colour_is_held_against_is_the_looks_own(theme: str) -> None:
    assert list(colours.WRITTEN_ON[theme].values()) == [token(theme, name) for name in WRITTEN]
    assert list(colours.DRAWN_ON[theme].values()) == [token(theme, name) for name in DRAWN]
    assert list(colours.TAKEN[theme].values()) == [token(theme, name) for name in ("bad", "good", "now")]
    assert (colours.INK[theme], colours.LINE[theme]) == (token(theme, "ink"), token(theme, "line"))
    assert colours.PAPER[theme] == token(theme, "surface")
    assert colours.ON_ACT[theme] == token(theme, {"light": "surface", "dark": "ground"}[theme])


def test_the_formula_is_wcags() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert colours.apart("#000000", "#ffffff") == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("theme", "act"),
    [
        ("light", "#7a0f45"),  # the look's own
        ("light", "#004b87"),
        ("light", "#1d6f42"),
        ("light", "#b00020"),
        ("light", "#5b2d8a"),
        ("light", "#000000"),
        ("dark", "#f2b1c9"),  # the look's own
        ("dark", "#9fd0ff"),
        ("dark", "#cbbaf5"),
    ],
)
def test_a_colour_that_can_be_read_and_is_not_taken_is_taken(theme: str, act: str) -> None:
    assert colours.refused(theme, act) is None
    assert colours.nearest(theme, act) == act


@pytest.mark.parametrize(
    ("theme", "act", "words"),
    [
        ("light", "#777777", "kan ikke læses på det hvide papir: kontrasten er 4,47, og den skal være mindst 4,50. #666666 går."),
        ("light", "#ff6600", "kan ikke læses på det hvide papir: kontrasten er 2,93, og den skal være mindst 4,50. #ad4500 går."),
        ("light", "#0077c8", "kan ikke læses på den lyse bund: kontrasten er 4,22"),
        ("light", "#f2b1c9", "kan ikke læses på det hvide papir: kontrasten er 1,76"),
        ("light", "#8a2206", "ligner den farve, der viser det, der er lukket eller i stykker (#8a2206): afstanden er 0,000"),
        ("light", "#005a3c", "ligner den farve, der viser det, der er godt (#0f5136): afstanden er 0,028"),
        ("dark", "#7a0f45", "kan ikke læses på det mørke papir: kontrasten er 1,59"),
        ("dark", "#ff6600", "kan ikke ses på kortets veje: kontrasten er 1,81, og den skal være mindst 3,00"),
        ("dark", "#ffb9a3", "ligner den farve, der viser det, der er lukket eller i stykker (#ffb9a3)"),
        ("dark", "#ffd75a", "ligner den farve, der viser det, der er nu (#ffd75a)"),
        ("dark", "#ffffff", "kan ikke bære en kant i sin blege udgave: kontrasten er 2,89, og den skal være mindst 3,00. Vælg"),
    ],
)  # fmt: skip
def test_another_is_refused_with_what_was_measured_and_the_nearest_that_can_be(
    theme: str, act: str, words: str
) -> None:
    assert f"{act} {words}" in str(colours.refused(theme, act))


@settings(deadline=None)
@given(COLOUR, st.sampled_from(colours.THEMES))
def test_the_nearest_of_any_colour_can_be_used(act: str, theme: str) -> None:
    if (found := colours.nearest(theme, act)) is not None:
        assert colours.refused(theme, found) is None


@settings(deadline=None)
@given(COLOUR, st.sampled_from(colours.THEMES))
def test_all_that_is_made_of_a_colour_that_is_taken_can_be_read(act: str, theme: str) -> None:
    fits = colours.nearest(theme, act)
    if fits is None:
        return
    made = colours.derived(theme, fits)
    for front, behind in (("on-act", "act"), ("on-act", "act-press"), ("on-act-soft", "act-soft")):
        assert colours.contrast(made[front], made[behind]) >= colours.TEXT
    # Of the two rings round what has the focus, one stands off what it is round, the button in full colour too.
    rings = (token(theme, "focus"), made.get("focus-halo", token(theme, "focus-halo")))
    for behind in (made["act"], made["act-soft"], *colours.WRITTEN_ON[theme].values()):
        assert max(colours.contrast(ring, behind) for ring in rings) >= colours.EDGE
