"""What stands on a lock screen says nothing of how somebody has it."""

import pytest

from server.model.neutral import heavy, heavy_of
from server.model.values import Text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Er du ensom?", ("ensom",)),
        ("Mod ENSOMHED i Nysted", ("ENSOMHED",)),
        ("Kaffe for ensomme ældre", ("ensomme",)),
        ("Foredrag om ungdomsensomhed", ("ungdomsensomhed",)),
        ("Sidder du alene? Alene-kaffe", ("alene", "Alene")),
        ("For aleneboende", ("aleneboende",)),
        ("Du er ikke isoleret.", ("isoleret",)),
        ("Isolation gør ondt", ("Isolation",)),
        ("Et socialt tilbud", ("socialt",)),
        ("Socialudvalget hilser", ("Socialudvalget",)),
        ("Har du ingen venner?", ("ingen venner",)),
        ("Feeling lonely? Loneliness ends here", ("lonely", "Loneliness")),
        ("You are not alone", ("alone",)),
        ("Isolated? A social café", ("Isolated", "social")),
        ("Bist du einsam? Gegen Einsamkeit", ("einsam", "Einsamkeit")),
        ("Nicht mehr allein", ("allein",)),
        ("Vereinsamte Menschen", ("Vereinsamte",)),
        ("Soziale Treffen", ("Soziale",)),
        ("en\u00adsom", ("ensom",)),  # a soft hyphen hides nothing
        ("ensom ensom ensom", ("ensom",)),
        ("Ｅnsom", ("Ensom",)),  # nor do letters of another width
    ],
)
def test_a_word_about_how_somebody_has_it_is_found_as_it_is_written(words: str, found: tuple[str, ...]) -> None:
    assert heavy(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "Kaffe på havnen kl. 14",
        "Sensommerfest i parken. Sensommeren er her.",
        "Lone står ved den røde dør kl. 13.45, gul jakke",
        "Gemeinsam singen wir",
        "Einsammeln der Äpfel; aufmerksame Helfer, langsame Runde",
        "Foredrag om isolering af huse",
        "Unser Verein lädt ein. Vereinsmitglieder frei",
        "Malone spiller. Baloner til alle",
        "Alenlangt bord",
        "Vi mødes ved døren. Kom, som du er.",
        "Fælles spisning, også hvis du aldrig har været her",
    ],
)
def test_words_that_only_look_like_it_are_left_alone(words: str) -> None:
    assert heavy(words) == ()


def test_each_language_of_a_text_is_read() -> None:
    assert heavy_of(Text(da="Kaffe kl. 14", en="Coffee", de="Gegen Einsamkeit")) == ("de", ("Einsamkeit",))
    assert heavy_of(Text(da="Alene hjemme", en="Lonely")) == ("da", ("Alene",))
    assert heavy_of(Text(da="Kaffe", en="Coffee", de="Kaffee")) is None
