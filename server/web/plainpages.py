"""The plain pages: what a place, a route and the list say without script, for old phones, search engines and first visits.

They stand inside the app's own index.html, so the same address starts the app where there is script. All their words are in words.py."""

import datetime
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from server.feeds.taken import Terms
from server.model.event import Event
from server.model.organiser import Organiser
from server.model.place import FIVE, Dissolved, Place
from server.model.route import Route
from server.model.site import Site
from server.model.values import Closure
from server.web import colours, plain_events, soon, words

SCHEMA_DAYS = {"mo": "Mo", "tu": "Tu", "we": "We", "th": "Th", "fr": "Fr", "sa": "Sa", "su": "Su"}
SCRIPT = re.compile(
    r"<script\b[^>]*>.*?</script>|<link rel=\"modulepreload\"[^>]*>|<noscript>.*?</noscript>", re.DOTALL
)
DESCRIPTION = re.compile(r"<meta name=\"description\"[^>]*>\n?")
ALONE = ("soon.html", "trial.html")
"""They say it themselves."""
HEAD, PLAIN = "<!--head-->", "<!--plain-->"


class PlainPages:
    """Renders the pages into `shell`, the bytes of the built index.html. `demo` puts a bar on every page and print."""

    def __init__(self, shell: str) -> None:
        self._shell = shell
        self._kept: dict[str, tuple[str, str]] = {}
        self._env = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "plain"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals.update(
            w=words.say,
            date=words.date,
            metres=words.metres,
            surface=words.surface,
            source=words.source,
            ground=words.ground,
        )

    def shell(self, site: Site) -> str:
        """The app alone, in the municipality's colours, for addresses that are the phone's own."""
        return self._shell.replace(HEAD, colours.link(site.colours), 1)

    def place(self, place: Place, site: Site, today: datetime.date) -> str:
        """A place that is active or rests: its five descriptions, its facts, each with who said so and when."""
        return self._page(
            "place.html",
            place.name.da,
            site,
            place=place,
            five=[(field, getattr(place, field)) for field in FIVE],
            facts=[words.fact(name, getattr(place.access, name)) for name in words.ACCESS],
            outside=place.form in ("building", "spot", "route"),
            # Only where there is a door or somebody said: a bench is never "closed".
            hours=words.hours(place.hours) if place.form == "building" or place.hours else [],
            closures=_told(place.closures, today),
            about=_json_ld(place),
        )

    def dissolved(self, place: Dissolved, successor: Place | None, site: Site) -> str:
        """A place that is no more: since when, why, and where to go instead."""
        return self._page("dissolved.html", place.name.da, site, place=place, successor=successor)

    def route(self, route: Route, site: Site, today: datetime.date) -> str:
        """A route: how long, on what, and what is closed."""
        mode = words.say(f"mode.{route.modes[0]}" if route.modes else "form.route")
        modes = words.say("mode.loop", mode=mode) if route.loop else mode
        closures = _told(route.closures, today)
        grounds = dict.fromkeys(words.ground(one.surface) for one in route.stretches if one.surface)
        return self._page(
            "route.html",
            route.name.da,
            site,
            route=route,
            modes=modes,
            closures=closures,
            grounds=filter(None, grounds),
        )

    def list(self, places: list[Place], site: Site) -> str:
        """All active places by name, and the numbers to ring."""
        return self._page("list.html", words.say("list.title"), site, places=places)

    def happens(self, lines: Sequence[plain_events.Line], site: Site) -> str:
        """What is to come, the first first."""
        return self._page("happens.html", words.say("happens.title"), site, lines=lines)

    def event(
        self,
        event: Event,
        place: Place | None,
        route: Route | None,
        organiser: Organiser | None,
        site: Site,
        now: datetime.datetime,
        url: str,
    ) -> str:
        """An event and its times to come. `url`: its own address, for programs that read of it."""
        places, routes = {one.id: one for one in (place,) if one}, {one.id: one for one in (route,) if one}
        lines = plain_events.lines([event], places, routes, now, plain_events.MOST_OF_ONE)
        where = plain_events.where(event, places, routes)
        return self._page(
            "event.html",
            event.name.da,
            site,
            event=event,
            place=place,
            route=route,
            organiser=organiser,
            lines=lines,
            where=where,
            was=plain_events.was,
            newcomers=plain_events.newcomers(event),
            step=words.fact("step_free", place.access.step_free) if place and place.form != "online" else None,
            about=[
                _script(one)
                for one in plain_events.json_ld(event, place, organiser, [line.time for line in lines], where, url)
            ],
        )

    def once(self, of: str, make: Callable[[], str], name: str = "list") -> str:
        """The page `name` as it was made last, where `of`, what it is made of, has not changed: 3,000 places are not listed for each
        visit."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != of:
            kept = self._kept[name] = (of, make())
        return kept[1]

    def feeds(self, groups: Sequence[tuple[str, Sequence[str]]], terms: Terms, site: Site, language: str) -> str:
        """The files for other programs, by the word of what they hold. Without the app, which has no screen of it."""
        say = words.say_in(language)
        page = self._page("feeds.html", say("about.data"), site, say, groups=groups, terms=terms, w=say)
        return SCRIPT.sub("", page).replace('<html lang="da">', f'<html lang="{language}">', 1)

    def soon(self, site: Site, language: str) -> str:
        """What stands at each of the app's addresses until the map is opened: that it comes, and a number to ring. Without the app."""
        return self._alone("soon.html", "soon.title", site, language)

    def trial(self, site: Site, language: str) -> str:
        """Where a trial's link leads: a button that opens it in this browser."""
        page = self._alone("trial.html", "trial.title", site, language)
        return page.replace("</head>", '<script src="/proeve.js" defer></script></head>', 1)

    def _alone(self, template: str, title: str, site: Site, language: str) -> str:
        """A page in a language of its own, which the app does not take over."""
        say = soon.say_in(language)
        page = self._page(template, say(title), site, say, w=say)
        return SCRIPT.sub("", page).replace('<html lang="da">', f'<html lang="{language}">', 1)

    def gone(self, site: Site) -> str:
        """An address that is nobody's."""
        return self._page("gone.html", words.say("missing.title"), site)

    def _page(
        self, template: str, title: str, site: Site, say: Callable[[str], str] = words.say, /, **values: Any
    ) -> str:
        values["site"] = site
        plain = f"<main>{self._env.get_template(template).render(values)}</main>"
        for is_so, word in ((site.demo, "demo"), (not site.is_open and template not in ALONE, "trial")):
            if is_so:
                plain = f'<header class="demo"><b>{say(f"{word}.bar")}</b> {say(f"{word}.text")}</header>{plain}'
        head = str(
            self._env.from_string('<meta name="description" content="{{ title }}, {{ name }}">').render(
                title=title, name=site.name.da
            )
        )
        start, end = self._shell.split("<title>", 1)
        end = end.split("</title>", 1)[1]
        full = f"{start}<title>{self._env.from_string('{{ t }}').render(t=title)}</title>{end}"
        full = DESCRIPTION.sub("", full, count=1)  # the app's own: the page has one that is of it
        return full.replace(HEAD, head + colours.link(site.colours), 1).replace(PLAIN, plain, 1)


def _told(closures: tuple[Closure, ...], today: datetime.date) -> list[tuple[str, str]]:
    """(what is shut and when, why) of closures of today and to come; those that ended are no news."""
    return [(f"{_shut(c, today)}.", c.why.da) for c in closures if c.to is None or c.to >= today]


def _shut(closure: Closure, today: datetime.date) -> str:
    part = closure.stretch_ids is not None
    start = words.date(closure.from_)
    if closure.to is not None:
        return words.say(
            "route.shutSpan" if part else "place.shutTitle", **{"from": start, "to": words.date(closure.to)}
        )
    if closure.from_ > today:
        return words.say("route.shutSoon" if part else "place.shutSoon", **{"from": start})
    return words.say("route.shutSince" if part else "place.shutFrom", **{"from": start})


def _json_ld(place: Place) -> Any:
    """schema.org's Place with its opening hours."""
    about: dict[str, Any] = {"@context": "https://schema.org", "@type": "Place", "name": place.name.da}
    if place.purpose:
        about["description"] = place.purpose.da
    if place.point:
        about["geo"] = {"@type": "GeoCoordinates", "longitude": place.point[0], "latitude": place.point[1]}
    if place.contact and place.contact.phone:
        about["telephone"] = place.contact.phone
    if place.hours and place.hours.weekly:
        about["openingHours"] = [
            f"{','.join(SCHEMA_DAYS[day] for day in period.days)} {period.opens}-{period.closes}"
            for period in place.hours.weekly
        ]
    return _script(about)


def _script(about: dict[str, Any]) -> Markup:
    """JSON inside a script element; `<` is written \\u003c, so that no text ends it."""
    return Markup(json.dumps(about, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - JSON with < escaped
