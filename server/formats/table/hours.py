"""Opening hours as offices write them: "man-fre 9-15", "alle dage kl. 8.00-20.00", "døgnåbent".

What is not wholly understood stays words."""

import re
from typing import Any, Final

DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
NAMES: Final = {
    name: day
    for day, names in enumerate(
        ("mandage mandag man ma", "tirsdage tirsdag tirs tir ti", "onsdage onsdag ons on", "torsdage torsdag tors tor to",
         "fredage fredag fre fr", "lørdage lørdag lør lø", "søndage søndag søn sø")
    )
    for name in names.split()
}  # fmt: skip
ALL: Final = {
    "alle dage": DAYS,
    "dagligt": DAYS,
    "hver dag": DAYS,
    "hverdage": DAYS[:5],
    "hverdag": DAYS[:5],
    "weekend": DAYS[5:],
    "weekender": DAYS[5:],
}
ROUND_THE_CLOCK: Final = re.compile(r"(altid åbent?|døgnåbent?|hele døgnet|24/7|døgnet rundt|åbent? hele døgnet)\.?")
EVENING: Final = "15:00"
NIGHT_ENDS: Final = "05:00"
"""What closes before it opens is a night where it opens from the afternoon on and closes by the early morning, or at midnight."""
_DAY = "|".join(sorted(NAMES, key=len, reverse=True))
_SPAN = rf"(?:{_DAY})\.?(?:\s*(?:-|–|til|,|og|&|\+)\s*(?:{_DAY})\.?)*"
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_PERIOD = re.compile(rf"({_SPAN}|{'|'.join(ALL)})\s*:?\s*(?:kl\.?\s*)?{_CLOCK}\s*(?:-|–|til)\s*(?:kl\.?\s*)?{_CLOCK}")


def read(said: str) -> dict[str, Any]:
    """Hours without source and date. Either every word is understood, or `weekly` is null ("ved ikke") and the words are the note."""
    note = {"weekly": None, "note": {"da": said}}
    flat = " ".join(said.casefold().split())
    if ROUND_THE_CLOCK.fullmatch(flat):
        return {"weekly": [{"days": list(DAYS), "opens": "00:00", "closes": "24:00"}]}
    weekly, at = [], 0
    while at < len(flat):
        found = _PERIOD.match(flat, at)
        period = _period(found) if found else None
        if found is None or period is None:
            return note
        weekly.append(period)
        at = found.end()
        while at < len(flat) and flat[at] in " ,;.":
            at += 1
        if flat.startswith("og ", at):
            at += 3
    return {"weekly": weekly} if weekly else note


def _period(found: re.Match[str]) -> dict[str, Any] | None:
    days = _days(found[1])
    opens, closes = _clock(found[2], found[3]), _clock(found[4], found[5])
    if not days or opens is None or closes is None or opens in ("24:00", closes):
        return None
    if closes < opens and not (closes == "00:00" or (opens >= EVENING and closes <= NIGHT_ENDS)):
        return None  # "9-3" and "15-9" are rather 9-15 and 15-21 than a night
    return {"days": days, "opens": opens, "closes": closes}


def _clock(hours: str, minutes: str | None) -> str | None:
    h, m = int(hours), int(minutes or 0)
    return f"{h:02}:{m:02}" if (h < 24 and m < 60) or (h, m) == (24, 0) else None


def _days(said: str) -> list[str]:
    if said in ALL:
        return list(ALL[said])
    found: set[int] = set()
    names = re.findall(_DAY, said)
    between = re.split(_DAY, said)[1:-1]
    for n, name in enumerate(names):
        found.add(NAMES[name])
        if n and between[n - 1].strip(" .") in ("-", "–", "til"):
            first, last = NAMES[names[n - 1]], NAMES[name]
            found.update(day % 7 for day in range(first, last + 1 if last >= first else last + 8))
    return [DAYS[day] for day in sorted(found)]
