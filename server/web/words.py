"""Danish words for the plain pages: hours, facts, lengths. The phone has its own dictionaries; this is for who has no script.

One word in both: WORDS has the phone's own keys (pwa/src/text/da/*.ts), and a test compares each. {name} is filled in."""

import datetime
from collections.abc import Callable
from typing import Any

from server.model.hours import Hours, Weekly
from server.model.values import Fact

WORDS = {
    "days": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
    "months": "januar februar marts april maj juni juli august september oktober november december",
    "date.year": "{n}. {month} {year}",
    "date.short": "{n}. {month}",
    "dunno": "ved ikke",
    "demo.bar": "Prøvedata.",
    "demo.text": "Stederne er fundet på.",
    "trial.bar": "Prøve.",
    "trial.text": "Mødesteder er ikke åbnet endnu.",
    "form.building": "Hus",
    "form.spot": "Sted ude",
    "form.route": "Tur",
    "form.online": "Online",
    "form.mental": "Fagperson",
    "mode.walk": "Gåtur",
    "mode.cycle": "Cykeltur",
    "mode.drive": "Køretur",
    "mode.ride": "Ridetur",
    "mode.paddle": "Padletur",
    "mode.loop": "{mode}, rundtur",
    "surface.firm": "fast",
    "surface.loose": "løst",
    "surface.unpaved": "uden belægning",
    "surface.other": "andet",
    "surface.unknown": "ved ikke",
    "ground.geofaFirm": "Fast er i GeoFA belægning som asfalt, brolægning og beton.",
    "ground.geofaLoose": "Løst er i GeoFA belægning som perlesten og stenmel.",
    "ground.geofaUnpaved": "Uden belægning er i GeoFA natursti, skovsti, trampet sti og strand.",
    "ground.forAllFirm": "Fast er i Natur for alle det, der ikke giver efter for hjul og fødder, også stampet grus og hårde jordstier.",
    "ground.forAllLoose": "Løst er i Natur for alle det, man synker ned i, "
    "eller hvor små hjul har svært ved at komme frem, fx sand, flis og perlesten.",
    "ground.ownFirm": "Fast er her asfalt, fliser og andet, der er hårdt og jævnt.",
    "ground.ownLoose": "Løst er her grus, sten og sand.",
    "ground.ownUnpaved": "Uden belægning er her jord og græs.",
    "note.broken": "Noget er i stykker.",
    "note.sign_gone": "Et skilt er væk.",
    "note.under_water": "Her er vand, hvor man skal gå.",
    "note.toilet_closed": "Toilettet er lukket.",
    "note.litter": "Her ligger affald.",
    "note.other": "Noget er galt.",
    "note.reported": "Meldt {date}.",
    "note.taken": "Meldt {date}. Kommunen er i gang.",
    "note.fixed": "Meldt {date}. Det er lavet. Tak til den, der sagde til.",
    "note.closed": "Meldt {date}. Kommunen har set på det.",
    "note.answer": "Kommunen svarer:",
    "fact.step_free": "Trin",
    "fact.width_cm": "Smalleste sted",
    "fact.kerb_cm": "Kantsten",
    "fact.gate_cm": "Låge",
    "fact.slope_pct": "Hældning",
    "fact.door_cm": "Døren",
    "fact.noSteps": "ingen",
    "fact.steps": "ja",
    "fact.cm": "{n} cm",
    "fact.from": "Kilde: {source}, {date}",
    "fact.measured": "Målt {date}. Kilde: {source}",
    "fact.seen": "Set {date}. Kilde: {source}",
    "hours.title": "Åbent",
    "hours.closed": "lukket",
    "hours.span": "{from}–{to}",
    "hours.season": "{from} til {through}: {days} {hours}",
    "hours.holidaysClosed": "Helligdage: lukket.",
    "hours.holidaysOpen": "Helligdage: som andre dage.",
    "hours.holidaysDunno": "Helligdage:",
    "hours.dunnoText": "Ingen har sagt, hvornår her er åbent. Ring, før du tager afsted.",
    "place.about": "Om stedet",
    "place.where": "Sted",
    "place.amenities": "Hvad er her",
    "place.ground": "Underlag",
    "place.purpose": "Formål",
    "place.activities": "Aktiviteter",
    "place.access": "Kan jeg komme ind?",
    "place.accessOut": "Kan jeg komme hen?",
    "place.first": "Sådan er første gang",
    "place.contact": "Den, du kan ringe til",
    "place.call": "Ring",
    "place.way": "Vejen hen",
    "place.open": "Åbn mødestedet",
    "place.openWeb": "Åbn på nettet",
    "row.resting": "holder pause",
    "place.restingTitle": "Stedet holder pause",
    "place.restingText": "Der sker ikke noget her lige nu. Det, der står, er fra før.",
    "place.goneTitle": "Stedet findes ikke mere",
    "place.goneOn": "Det lukkede {date}.",
    "place.goneTry": "Prøv {name}.",
    "place.goneTo": "Se {name}",
    "place.goneList": "Se alle steder",
    "place.dissolved": "Lukket for altid",
    "place.shutTitle": "Lukket fra {from} til {to}",
    "place.shutFrom": "Lukket fra {from}",
    "place.shutSoon": "Lukker {from}",
    "route.shutSpan": "Noget af turen er spærret fra {from} til {to}",
    "route.shutSince": "Noget af turen er spærret siden {from}",
    "route.shutSoon": "Noget af turen bliver spærret fra {from}",
    "route.length": "Længde",
    "route.source": "Kilde: {source}.",
    "route.gpx": "Hent turen til et andet kort (GPX)",
    "about.data": "Filer til andre kort",
    "about.dataText": "Alt, hvad der står på listen, kan hentes som filer. Vilkårene står i hver fil.",
    "data.facilities": "Bænke, toiletter og andet på vejen",
    "data.routes": "Ture",
    "data.events": "Det sker",
    "data.which": "Hvad du skal bruge: Regneark åbner i Excel. GPS er til en tur-app. Kort er til kortprogrammer."
    " Kalender er til den, du selv bruger.",
    "data.csv": "Regneark (CSV)",
    "data.geojson": "Kort (GeoJSON)",
    "data.gpx": "GPS (GPX)",
    "data.ics": "Kalender (iCal)",
    "missing.title": "Siden findes ikke",
    "missing.text": "Adressen fører ikke til noget her. Stedet kan have fået et nyt navn.",
    "list.title": "Mødesteder",
    "list.emptyNone": "{name} har ingen mødesteder på listen endnu. Kig igen en anden dag.",
    "first.title": "Velkommen",
    "first.one": "Vi spørger ikke, hvem du er.",
    "first.two": "Hvor du går, bliver på din telefon.",
    "first.three": "Din sagsbehandler kan ikke se, at du bruger Mødesteder.",
    "first.see": "Se stederne",
    "date.long": "{day} den {n}. {month}",
    "clock.at": "kl. {clock}",
    "row.home": "Hjemmefra",
    "happens.title": "Det sker",
    "happens.noneTitle": "Der står ikke noget her endnu",
    "happens.noneText": "Mange steder fortæller selv under Aktiviteter, hvad der sker, og hvornår.",
    "event.dateYear": "{date} {year}",
    "event.span": "kl. {from} til {to}",
    "event.allDay": "hele dagen",
    "event.through": "til og med {date}",
    "event.full": "fuldt",
    "event.off": "aflyst",
    "event.moved": "flyttet",
    "event.movedWas": "Det var {date}.",
    "event.offAll": "Det hele er aflyst.",
    "event.pastTitle": "Det har været.",
    "event.pastNone": "Vi kender ingen ny dag.",
    "event.about": "Hvad sker der?",
    "event.join": "Åbn siden",
    "event.fromHomeText": "Det åbner en side uden for Mødesteder. Den kræver net.",
    "event.newHere": "Ny her?",
    "event.whoMeets": "Hvem tager imod?",
    "event.where": "Hvor?",
    "event.howMany": "Hvor mange plejer at komme?",
    "event.firstMinutes": "De første ti minutter",
    "event.leaving": "Du må gå igen",
    "event.good": "Godt at vide",
    "event.seePlace": "Se stedet",
    "event.seeRoute": "Se turen",
    "event.placeDunno": "Sted",
    "event.access": "Adgang",
    "event.price": "Pris",
    "event.freeWord": "gratis",
    "event.bring": "Tag med",
    "event.rule": "Hvor tit",
    "event.host": "Vært",
    "event.call": "Ring",
    "event.organiser": "Det holdes af {name}",
    "event.organiserWeb": "Deres side på nettet",
    "event.times": "Alle gange",
    "event.unsureText": "Vi ved ikke helt, om klokken passer. Spørg, før du tager afsted.",
    "help.title": "Hjælp",
}
OTHERS = {
    "en": {
        "about.data": "Files for other maps",
        "about.dataText": "Everything on the list can be had as files. The terms stand in each file.",
        "data.facilities": "Benches, toilets and more on the way",
        "data.routes": "Routes",
        "data.events": "What is on",
        "data.which": "Which one to take: a spreadsheet opens in Excel. GPS is for a walking app. Map is for map programs."
        " Calendar is for the one that you use.",
        "data.csv": "Spreadsheet (CSV)",
        "data.geojson": "Map (GeoJSON)",
        "data.gpx": "GPS (GPX)",
        "data.ics": "Calendar (iCal)",
        "list.title": "Places to meet",
        "place.goneList": "See all places",
        "demo.bar": "Demo data.",
        "demo.text": "The places are made up.",
        "trial.bar": "Trial.",
        "trial.text": "Mødesteder is not open yet.",
    },
    "de": {
        "about.data": "Dateien für andere Karten",
        "about.dataText": "Alles auf der Liste gibt es als Dateien. Die Bedingungen stehen in jeder Datei.",
        "data.facilities": "Bänke, Toiletten und anderes am Weg",
        "data.routes": "Routen",
        "data.events": "Was los ist",
        "data.which": "Welche Datei: Eine Tabelle öffnet sich in Excel. GPS ist für eine Wander-App. Karte ist für Kartenprogramme."
        " Kalender ist für Ihren eigenen.",
        "data.csv": "Tabelle (CSV)",
        "data.geojson": "Karte (GeoJSON)",
        "data.gpx": "GPS (GPX)",
        "data.ics": "Kalender (iCal)",
        "list.title": "Treffpunkte",
        "place.goneList": "Alle Orte ansehen",
        "demo.bar": "Probedaten.",
        "demo.text": "Die Orte sind erfunden.",
        "trial.bar": "Probe.",
        "trial.text": "Mødesteder ist noch nicht offen.",
    },
}
"""The words of the page of files in the phone's other languages: a phone in English or German leads there."""
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
ACCESS = ("step_free", "width_cm", "kerb_cm", "gate_cm", "slope_pct", "door_cm")


def say(key: str, /, **given: object) -> str:
    """The words of a key with what is given filled in; a key or a name that is not there raises."""
    return WORDS[key].format(**given)


def language(asked: str, accepted: str) -> str:
    """The language of the page of files: `asked` ("en") where we have it, else the first of `accepted` (Accept-Language) that we
    have; Danish where there is none. Weights are not read: browsers write the one they want most first."""
    tags = [asked, *(part.split(";")[0].strip() for part in accepted.split(",")[:20])]
    have = ("da", *OTHERS)
    return next((tag[:2].lower() for tag in tags if tag[:2].lower() in have), "da")


def say_in(language: str) -> Callable[[str], str]:
    """`say` in a language, for the page of files."""
    return (WORDS | OTHERS.get(language, {})).__getitem__


def date(day: datetime.date) -> str:
    """3. marts 2026"""
    return say("date.year", n=day.day, month=_months()[day.month - 1], year=day.year)


def _months() -> list[str]:
    return WORDS["months"].split()


def clock(time: str) -> str:
    """09:00 → 9, 14:30 → 14.30"""
    hours, minutes = time.split(":")
    return str(int(hours)) if minutes == "00" else f"{int(hours)}.{minutes}"


def season_day(month_day: str) -> str:
    """05-01 → 1. maj"""
    month, day = month_day.split("-")
    return say("date.short", n=int(day), month=_months()[int(month) - 1])


def weekly(period: Weekly) -> str:
    """mandag, onsdag 9–15, with its season before it where it has one"""
    names = dict(zip(DAYS, WORDS["days"].split(), strict=True))
    days = ", ".join(names[day] for day in period.days)
    hours = say("hours.span", **{"from": clock(period.opens), "to": clock(period.closes)})
    if isinstance(period.from_, str) and isinstance(period.through, str):
        season = {"from": season_day(period.from_), "through": season_day(period.through)}
        return say("hours.season", **season, days=days, hours=hours)
    return f"{days} {hours}"


def hours(told: Hours | None) -> list[str]:
    """The week in lines; "ved ikke" and what to do then, where nobody knows."""
    if told is None or told.weekly is None:
        return [WORDS["dunno"], WORDS["hours.dunnoText"]]
    holidays = {
        "closed": WORDS["hours.holidaysClosed"],
        "open": WORDS["hours.holidaysOpen"],
        None: f"{WORDS['hours.holidaysDunno']} {WORDS['dunno']}",
    }
    return [*([weekly(period) for period in told.weekly] or [WORDS["hours.closed"]]), holidays[told.holidays]]


def source(told: Fact[Any], *, measured: bool) -> str:
    """Målt 12. maj 2025. Kilde: en ruteguide"""
    return say("fact.measured" if measured else "fact.seen", source=told.source, date=date(told.seen_on))


def fact(name: str, told: Fact[Any] | None) -> tuple[str, str, str]:
    """(what, value, who and when); a fact nobody knows reads "ved ikke" and names no source."""
    what = say(f"fact.{name}")
    if told is None:
        return what, WORDS["dunno"], ""
    said = source(told, measured=name != "step_free")
    if name == "step_free":
        return what, say("fact.noSteps" if told.value else "fact.steps"), said
    if name == "slope_pct":
        return what, f"{str(told.value).replace('.', ',')} %", said
    return what, say("fact.cm", n=told.value), said


def surface(told: Fact[Any] | None) -> str:
    """The surface in a word, or "ved ikke"."""
    return say(f"surface.{'unknown' if told is None else told.value}")


def ground(told: Fact[Any]) -> str:
    """What the word for the surface means where it comes from: each source draws the line elsewhere. "" where nobody defines it."""
    register = told.source.startswith("GeoFA")
    by = "forAll" if told.source.endswith("Natur for alle") else "geofa" if register else "own"
    return WORDS.get(f"ground.{by}{str(told.value).capitalize()}", "")


def metres(length: int) -> str:
    """350 m under a kilometre (to 10 m), 2,4 km over."""
    return f"{round(length, -1)} m" if length < 1000 else f"{length / 1000:.1f} km".replace(".", ",")
