"""`python -m server init CODE`: from a file of boundaries to a server that is some municipality's own, with an empty list.

What the boundary gives (bounds, land, the map maker's two files) is written each time it is run; what people entered never is. What only
people know stands as questions in DATA_DIR/kommune/svar.toml (server/answers.py), which `python -m server answer` sends."""

import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

import msgspec

from server import answers, local
from server import settings as settings_file
from server.answers import AnswersRefused
from server.formats.boundary import outline
from server.formats.boundary.outline import Outline, danish
from server.formats.refusal import FileRefused
from server.model.site import SITE_ID, Site
from server.settings import Settings

FOLDER: Final = "kommune"
AREA: Final = "omraade.geojson"
LAND: Final = "land.geojson"
QUESTIONS: Final = "svar.toml"
NO_FILE: Final = (
    "Skriv --boundary FIL: en fil med alle kommuners grænser, GeoJSON eller GeoPackage, med en kolonne for kommunekoden og en for navnet "
    "(kommuneinddelingen i DAGI, Danmarks Administrative Geografiske Inddeling, er sådan en)."
)
OFFICIAL: Final = {
    "Bornholm": "Bornholms Regionskommune",
    "Christiansø": "Christiansø",  # has a code, and is no municipality
    "København": "Københavns Kommune",
    "Nordfyn": "Nordfyns Kommune",
    "Vesthimmerland": "Vesthimmerlands Kommune",
}
"""Those that are not called by their name with "Kommune" behind it."""
Say = Callable[[str], object]
Ask = Callable[[str, str], str]
"""A question and what is answered where nothing is typed → the answer."""


def begin(settings: Settings, which: str, file: Path | None, say: Say, ask: Ask | None = None) -> None:
    """Makes or renews what the boundary gives of the municipality `which` (a code or a name), and says what is left to do. `ask` is
    there where somebody sits at the terminal. Raises local.Refused, FileRefused and AnswersRefused, each with nothing changed."""
    folder = settings.data_dir / FOLDER
    if file is None and not (folder / LAND).is_file():
        raise local.Refused(NO_FILE)
    told = outline.read(file or folder / LAND, which)
    name = proposed(told.name)
    new = not local.there(settings)
    if not new:
        _same(settings, local.the_site(settings), told)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / AREA, json.dumps(told.area, ensure_ascii=False))
        _write(folder / LAND, json.dumps(told.land_file, ensure_ascii=False))
        (folder / "lag").mkdir(exist_ok=True)
        if new:
            local.make(settings, code=told.code, name=name)
        changed = _settle(settings, told)
        questions = folder / QUESTIONS
        asked = not questions.exists()
        if asked:
            _write(questions, answers.form(told.code, name, command(settings, "answer")))
    except OSError as error:
        raise local.Refused(f"Der kan ikke skrives i {folder} ({error.strerror}). Se på rettighederne.") from error
    others = ", ".join(called for _, called in told.neighbours) or "ingen"
    say(f"{told.code} {told.name}: {danish(told.area_km2)} km². Naboer på kortet: {others}.")
    if file is not None and told.alone:  # what it wrote itself of an island has no other either
        say(
            f"Bemærk: {file.name} har ingen andre kommuner, så alt land omkring {told.name} bliver hav på kortet. Har kommunen naboer på "
            f"land, så kør init igen med en fil, der har alle kommuners grænser."
        )
    if new:
        say(f"Navn, som borgerne ser: »{name}«. Det er et forslag; hedder I noget andet, så ret det i {questions}.")
    say(f"Indstillinger: {'kommunens grænse og land er skrevet' if changed else 'intet er ændret'}.")
    say(in_settings(settings, told.code, name))
    if ask and asked:
        try:
            _interview(settings, questions, ask, say)
        except KeyboardInterrupt:
            say("\nAfbrudt. Spørgsmålene venter i filen.")
    _left_to_do(settings, questions, say)


def answer(settings: Settings, file: Path | None, say: Say) -> None:
    """Sends what stands in the form. Raises local.Refused and AnswersRefused."""
    path = file or settings.data_dir / FOLDER / QUESTIONS
    told = answers.read(path)
    if not local.there(settings):
        raise local.Refused(
            f"Der er ingen database i {settings.data_dir} endnu. Skriv først: {command(settings, 'init KODE --boundary FIL')}"
        )
    local.see_same(settings)
    try:
        given = answers.to_set(told, local.the_site(settings))
    except AnswersRefused as refused:
        raise AnswersRefused(f"{path}: {refused}") from refused
    if not given:
        say("Intet er ændret: alt, der er svaret på, står der allerede.")
        return
    _save(settings, given)
    words = {
        "name": "navn",
        "help": "telefoner",
        "transport": "kørsel",
        "towns": "byer",
        "holidays": "helligdage",
        "languages": "sprog",
        "colours": "farver",
    }
    say(f"Gemt: {', '.join(words[key] for key in given)}. Telefonerne får det, næste gang de har net.")


def proposed(name: str) -> str:
    """What the municipality may be called in full, of its name in a file of boundaries; its people are asked."""
    if name.casefold().endswith("kommune"):
        return name
    return OFFICIAL.get(name) or OFFICIAL.get(name.removesuffix("s")) or f"{name} Kommune"


def command(settings: Settings, rest: str) -> str:
    """A command of ours as it is typed here, for this DATA_DIR and the settings that are in force."""
    python = Path(sys.executable)
    shown = python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python
    return f"{_before(settings)} {shlex.quote(str(shown))} -m server {rest}"


def _before(settings: Settings, env: Mapping[str, str] = os.environ) -> str:
    """What a command that is copied needs before it: without it, it would go on another folder, or with another municipality's code."""
    named = f"MOEDE_SETTINGS={shlex.quote(env['MOEDE_SETTINGS'])} " if "MOEDE_SETTINGS" in env else ""
    return f"{named}DATA_DIR={shlex.quote(str(settings.data_dir))}"


def in_settings(settings: Settings, code: str, name: str, env: Mapping[str, str] = os.environ) -> str:
    """Sees to it that the settings file says this code, which a backup that is put back is held to; returns what was done about it."""
    path = settings_file.where(env)
    lines = f'code = "{code}"\nname = {answers.quoted(name)}\n'
    begins = "MOEDE_SETTINGS" in env and not path.exists()  # the next command would refuse to run without it
    if settings.code == code and not begins:
        return f"{path}: kommunekoden er {code} i forvejen."
    if "MOEDE_CODE" in env and settings.code != code:
        return f"Miljøet siger MOEDE_CODE={env['MOEDE_CODE']}. Sæt den til {code}, og MOEDE_NAME til {name}."
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        kept = re.sub(r"(?m)^[ \t]*(code|name)[ \t]*=.*\n?", "", text)
        head = "".join(takewhile(lambda line: line.startswith("#"), kept.splitlines(keepends=True)))
        _write(path, f"{head}{lines}{kept[len(head) :]}")
    except OSError as error:
        return f"{path} kan ikke skrives ({error.strerror}). Skriv selv disse to linjer i den:\n{lines.rstrip()}"
    instead = f" (før stod der {settings.code})" if settings.code != code else ""
    return f'{path}: skrev code = "{code}" og name = {answers.quoted(name)}{instead}.'


def _same(settings: Settings, now: Site, told: Outline) -> None:
    if now.demo:
        raise local.Refused(
            f"{settings.data_dir} er demoens database. Brug en anden mappe: DATA_DIR=var/data foran kommandoen."
        )
    if now.code != told.code:
        raise local.Refused(
            f"{settings.data_dir} er kommune {now.code} ({now.name.da}), ikke {told.code} {told.name}. Intet er ændret. Brug en anden "
            f"mappe (DATA_DIR=… foran kommandoen), eller flyt den, der er, væk, hvis intet er skrevet i den endnu."
        )


def _settle(settings: Settings, told: Outline) -> bool:
    """Bounds and land, where they are others than before."""
    now = local.the_site(settings)
    given = {
        name: msgspec.to_builtins(new)
        for name, new in (("bounds", told.bounds), ("land", told.land))
        if getattr(now, name) != new
    }
    if given:
        _save(settings, given)
    return bool(given)


def _save(settings: Settings, given: Mapping[str, Any]) -> None:
    line = local.op("save_settings", "settings", SITE_ID, {"set": given})
    (reply,) = map(json.loads, local.send(settings, line))
    if reply["status"] != "applied":
        raise local.Refused(f"Indstillingerne blev ikke taget: {reply.get('detail') or reply['code']}")


def _interview(settings: Settings, questions: Path, ask: Ask, say: Say) -> None:
    """The first questions, one after the other, into the form; what is not answered stays a question."""
    for key, question in (
        ("navn", "Hvad hedder kommunen, sådan som borgerne skal læse det?"),
        ("telefon", "Hvilket nummer kan borgerne ringe til? (Enter: senere)"),
        ("krisetelefon_tekst", "Hvilken krisetelefon vælger I, hvad hedder den? (Enter: senere)"),
        ("krisetelefon", "Hvilket nummer har den?"),
        (
            "farve",
            "Hvilken farve har I, til knapper, links, steder og ruter, skrevet som #004b87? (Enter: Mødesteders egen)",
        ),
    ):
        given = answers.read(questions)
        if key == "krisetelefon" and "krisetelefon_tekst" not in given:
            continue
        line = f"{key} = {answers.quoted(_asked(given, key, question, ask, say, local.the_site(settings)))}"
        head, _, tail = questions.read_text(encoding="utf-8").partition(f"\n{key} = ")
        _write(questions, f"{head}\n{line}\n{tail.partition(chr(10))[2]}")
    try:
        answer(settings, questions, say)
    except AnswersRefused as refused:
        say(str(refused))


def _asked(given: Mapping[str, Any], key: str, question: str, ask: Ask, say: Say, now: Site) -> str:
    """One answer that can be used, or none; one that can not is asked for again, with why."""
    while answer := ask(question, str(given.get(key, ""))).strip():
        try:
            answers.to_set({**given, key: answer}, now)
        except AnswersRefused as refused:
            say(str(refused))
        else:
            break
    return answer


def _left_to_do(settings: Settings, questions: Path, say: Say) -> None:
    folder = settings.data_dir / FOLDER
    python = command(settings, "").split(" -m server")[0].rsplit(" ", 1)[-1]
    say("")
    say(f"1. Svar på spørgsmålene i {questions}, og skriv: {command(settings, 'answer')}")
    say(f"2. Start serveren: DEMO=0 {_before(settings)} make run")
    say(
        f"3. Kortet: læg kommunens lag i {folder / 'lag'}, og skriv:\n"
        f"   {command(settings, 'site')} > {folder / 'site.json'}\n"
        f"   {python} -m tiles build --layers {folder / 'lag'} --area {folder / AREA} --land {folder / LAND} "
        f"--site {folder / 'site.json'} --out {settings.data_dir / 'packs'}"
    )
    say(
        f"4. Luk den første ind: {command(settings, 'invite admin NAVN')}\n"
        "   Kortet begynder lukket; det åbnes under Opsætning på adressen /desk, når tre steder er i brug."
    )


def _write(path: Path, text: str) -> None:
    path = path.resolve()  # a link stays one
    half = path.with_name(f".{path.name}.new")
    half.write_text(text, encoding="utf-8")
    if path.exists():
        shutil.copymode(path, half)
    os.replace(half, path)


__all__ = ["AnswersRefused", "FileRefused", "answer", "begin"]
