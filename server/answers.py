"""The questions that only a municipality can answer (its name, whom to ring, its towns …): a form in TOML that `init` writes and people
fill in, and what save_settings is sent of the answers. What stands empty changes nothing."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from server.model import colours
from server.model.site import Site, SiteSet
from server.model.values import in_denmark

FORM: Final = """\
# Spørgsmål til {name} ({code}). Svar mellem anførselstegnene, gem filen, og skriv så:
#
#     {command}
#
# Det, der står tomt, bliver ikke ændret. I kan rette i filen og sende den igen, så tit I vil.

# 1. Hvad hedder kommunen, sådan som borgerne skal læse det?
navn = {quoted}

# 2. Hvilket nummer kan borgerne ringe til, når de vil tale med et menneske i kommunen? (112 står der altid.)
telefon = ""
telefon_tekst = "Ring til kommunen"

# 3. Hvilken linje kan man ringe til, når det er svært? Kommunen vælger den selv.
krisetelefon = ""
krisetelefon_tekst = ""

# 4. Hvilket nummer bestiller man kørsel på, og hvor mange timer før?
koersel_telefon = ""
koersel_timer_foer = ""

# 5. Hvilke byer skal man kunne vælge, når man ikke vil sige, hvor man er? Den største først.
#    De står også på kortet. En by pr. linje: navn, breddegrad, længdegrad (højreklik i et kort på nettet viser tallene).
#    Tag # væk foran, og sæt jeres egne byer ind:
byer = [
#   ["Maribo", 54.7767, 11.5003],
]

# 6. Hvilke dage er helligdage hos jer? Så er åbningstiderne "ved ikke" de dage. Skriv dem som "2027-03-25".
helligdage = []

# 7. Hvilke sprog skal borgerne kunne vælge? Dansk er altid med. ("en" er engelsk, "de" er tysk.)
sprog = ["da"]

# 8. Hvilken farve har I? Den kommer på knapper, links, steder og ruter. Alt andet i udseendet er ens i alle kommuner.
#    Skriv den som "#004b87" (# og seks tegn; den, der laver jeres hjemmeside, kender den). Den skal kunne læses på lyst papir, så en
#    lys eller skrigende farve som "#ff6600" bliver afvist, og svaret siger, hvilken nærmeste der går. Det gør en farve også, der
#    ligner den for lukket eller i stykker (mørk teglrød), godt (mørkegrøn) eller nu (gul). Tom: Mødesteders egen, rødbede.
farve = ""
#    Om aftenen er skærmen mørk, og farven skal være lys, som "#9fd0ff". Tom: den bliver lavet af den, der står ovenfor.
farve_aften = ""

# Den tegnede horisont øverst er en fil, pwa/src/ui/look/horizon/{code:0>4}.svg; uden den er det en rolig linje.
"""

TEXTS: Final = (
    "navn",
    "telefon",
    "telefon_tekst",
    "krisetelefon",
    "krisetelefon_tekst",
    "koersel_telefon",
    "koersel_timer_foer",
    "farve",
    "farve_aften",
)
KNOWN: Final = (*TEXTS, "byer", "helligdage", "sprog")
LANGUAGES: Final = ("da", "en", "de")
LONGEST: Final = 64 * 1024
NAME_LONGEST: Final = 80


class AnswersRefused(Exception):
    """An answer that can not be used, in Danish: which, what is allowed, what to do. Nothing was changed."""


def form(code: str, name: str, command: str) -> str:
    """The form as it is first written; `command` sends it."""
    return FORM.format(code=code, name=" ".join(name.split()), quoted=quoted(name), command=command)


def quoted(text: str) -> str:
    """A TOML string of one line: JSON's escapes are TOML's too."""
    return msgspec.json.encode("".join(c for c in text if c.isprintable())).decode()


def read(path: Path) -> dict[str, Any]:
    """The answers that were given, by their question. Raises AnswersRefused."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AnswersRefused(f"{path}: filen kan ikke læses ({error.strerror}). `init` skriver den.") from error
    if len(raw) > LONGEST:
        raise AnswersRefused(f"{path}: filen er på over {LONGEST // 1024} kB. Det er ikke spørgsmålene.")
    try:
        told = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise AnswersRefused(f"{path}: filen er ikke UTF-8. Gem den som UTF-8, og send den igen.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AnswersRefused(
            f"{path}: filen kan ikke læses ({error}). Hvert svar står mellem to anførselstegn på sin egen linje."
        ) from error
    for key in told:
        if key not in KNOWN:
            raise AnswersRefused(f"{path}: {key[:40]!r} er ikke et af spørgsmålene. De er: {', '.join(KNOWN)}.")
    for key in TEXTS:
        if not isinstance(told.get(key, ""), str | int):
            raise AnswersRefused(f"{path}: {key}: skriv svaret mellem to anførselstegn.")
    return {key: value for key, value in told.items() if value not in ("", [])}


def to_set(told: Mapping[str, Any], now: Site) -> dict[str, Any]:
    """What save_settings is to be sent of the answers: only fields that become another than in `now`. Raises AnswersRefused."""
    given: dict[str, Any] = {}
    if "navn" in told:
        name = " ".join(str(told["navn"]).split())
        if not 1 <= len(name) <= NAME_LONGEST or not name.isprintable():
            raise AnswersRefused(f"navn: {name[:40]!r} kan ikke vises. Skriv et navn på højst {NAME_LONGEST} tegn.")
        given["name"] = {"da": name}
    helps = list(_helps(told))
    if helps:
        kept = [one for one in msgspec.to_builtins(now.help) if one["what"] not in {new["what"] for new in helps}]
        before = {one["what"]: one for one in msgspec.to_builtins(now.help)}
        given["help"] = [*({**before.get(new["what"], {}), **new} for new in helps), *kept]
    if "koersel_telefon" in told or "koersel_timer_foer" in told:
        given["transport"] = _transport(told, now)
    if "byer" in told:
        given["towns"] = [_town(town, number) for number, town in enumerate(_list(told, "byer"), 1)]
    if "helligdage" in told:
        given["holidays"] = [_date(day) for day in _list(told, "helligdage")]
    if "sprog" in told:
        given["languages"] = list(dict.fromkeys(map(str, _list(told, "sprog"))))
        if other := next((one for one in given["languages"] if one not in LANGUAGES), None):
            raise AnswersRefused(f"sprog: {other[:20]!r} kan ikke vælges. Skriv et eller flere af: da, en, de.")
        if "da" not in given["languages"]:
            raise AnswersRefused('sprog: dansk er altid med. Skriv "da" som det første.')
    if "farve" in told or "farve_aften" in told:
        given["colours"] = _colours(told, now)
    try:
        wanted = msgspec.convert(given, SiteSet)
    except msgspec.ValidationError as error:
        raise AnswersRefused(f"et svar kan ikke bruges: {error}") from error
    return {
        name: value
        for name, value in given.items()
        if msgspec.to_builtins(getattr(wanted, name)) != msgspec.to_builtins(getattr(now, name))
    }


def _helps(told: Mapping[str, Any]) -> Any:
    for key, what, words in (("telefon", "municipality", "Ring til kommunen"), ("krisetelefon", "crisis", "")):
        if key not in told:
            continue
        name = str(told.get(f"{key}_tekst", words)).strip()
        if not name:
            raise AnswersRefused(f"{key}_tekst: skriv, hvad linjen hedder.")
        yield {"what": what, "name": {"da": name}, "phone": _phone(told, key)}


def _phone(told: Mapping[str, Any], key: str) -> str:
    number = " ".join(str(told[key]).split())
    if not re.fullmatch(r"\+?[0-9 ]{3,39}", number):
        raise AnswersRefused(f"{key}: {number[:40]!r} er ikke et telefonnummer. Skriv cifre, som 54 73 10 00.")
    return number


def _transport(told: Mapping[str, Any], now: Site) -> dict[str, Any]:
    before: dict[str, Any] = msgspec.to_builtins(now.transport) if now.transport else {}
    if "koersel_telefon" in told:
        before["phone"] = _phone(told, "koersel_telefon")
    if "phone" not in before:
        raise AnswersRefused("koersel_telefon: skriv nummeret, når der står timer.")
    if "koersel_timer_foer" in told:
        hours = str(told["koersel_timer_foer"]).strip()
        if not re.fullmatch(r"\d{1,3}", hours) or int(hours) > 336:
            raise AnswersRefused(
                f"koersel_timer_foer: {hours[:20]!r} er ikke et antal timer. Skriv et tal fra 0 til 336."
            )
        before["hours_ahead"] = int(hours)
    return before


def _colours(told: Mapping[str, Any], now: Site) -> dict[str, str]:
    """Both, each as it was answered; by day as it was before, in the evening of the one by day."""
    if "farve" not in told and now.colours is None:
        raise AnswersRefused("farve: skriv også den til dagen, når der står en til aftenen.")
    light = _colour(told, "farve", "light") if "farve" in told else now.colours.light  # type: ignore[union-attr]
    if "farve_aften" in told:
        return {"light": light, "dark": _colour(told, "farve_aften", "dark")}
    dark = colours.nearest("dark", light)
    if dark is None:
        raise AnswersRefused(f"farve_aften: der kan ikke laves en lys farve af {light}. Skriv selv en, som #9fd0ff.")
    return {"light": light, "dark": dark}


def _colour(told: Mapping[str, Any], key: str, theme: str) -> str:
    colour = f"#{str(told[key]).strip().casefold().removeprefix('#')}"
    if not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise AnswersRefused(
            f"{key}: {str(told[key])[:40]!r} er ikke en farve. Skriv # og seks tegn (0-9, a-f), som #004b87."
        )
    if (why := colours.refused(theme, colour)) is not None:
        raise AnswersRefused(f"{key}: {why}")
    return colour


def _list(told: Mapping[str, Any], key: str) -> list[Any]:
    value = told[key]
    if not isinstance(value, list):
        raise AnswersRefused(f"{key}: skriv svarene mellem [ og ], med komma imellem.")
    return value


def _town(town: Any, number: int) -> dict[str, Any]:
    shown = 'Skriv navn, breddegrad, længdegrad, som ["Maribo", 54.7767, 11.5003].'
    if not (isinstance(town, list) and len(town) == 3 and isinstance(town[0], str) and town[0].strip()):
        raise AnswersRefused(f"byer, nr. {number}: det er ikke en by. {shown}")
    name, lat, lon = town
    if any(isinstance(value, bool) or not isinstance(value, int | float) for value in (lat, lon)):
        raise AnswersRefused(f"byer, nr. {number} ({name[:40]}): tallene er ikke tal. {shown}")
    if not in_denmark((lon, lat)):
        turned = " Tallene er byttet om." if in_denmark((lat, lon)) else ""
        raise AnswersRefused(f"byer, nr. {number} ({name[:40]}): {lat}, {lon} er ikke i Danmark.{turned} {shown}")
    return {"name": {"da": name.strip()}, "point": [round(float(lon), 6), round(float(lat), 6)]}


def _date(day: Any) -> str:
    text = str(day).strip()  # a date of TOML's own reads alike
    try:
        return str(msgspec.convert(text, type=datetime.date))
    except msgspec.ValidationError:
        raise AnswersRefused(f'helligdage: {text[:40]!r} er ikke en dato. Skriv den som "2027-03-25".') from None
