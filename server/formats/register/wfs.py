"""GeoFA by its service (WFS 2.0): a municipality's facilities and routes, page by page, saved as they come, so that what is cut off goes
on where it was; at the end one file a layer, for the same reader as every file. Nothing is handed over before all is here and adds up."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from server.formats.refusal import FileRefused
from server.formats.register.polite import Broken, Polite, Say, Wait
from server.formats.register.wfs_page import Capabilities, Format, Page, capabilities, hits, join, page

TABLES: Final = {"5800": "t_5800_fac_pkt", "5801": "t_5801_fac_fl", "5802": "t_5802_fac_li"}
PAGE_ROWS: Final = 1000
ROWS_MOST: Final = 100_000
"""Of one layer: the whole country's benches. More is no municipality."""
KEPT_S: Final = 24 * 3600
STATE: Final = "hentet.json"
CRS: Final = "urn:ogc:def:crs:EPSG::25832"
FILTER: Final = (
    '<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0"><fes:PropertyIsEqualTo><fes:ValueReference>kommunekode</fes:ValueReference>'
    "<fes:Literal>{}</fes:Literal></fes:PropertyIsEqualTo></fes:Filter>"
)
Progress = Callable[[str, int, int | None], None]
"""(table, features so far, of how many: None where the service does not say)."""


class Fetched(msgspec.Struct, frozen=True):
    """A layer that is here whole. `file` is None where the register has nothing of this municipality in it."""

    table: str
    rows: int
    file: Path | None

    @property
    def source(self) -> str:
        """What its things say they come from."""
        return f"GeoFA {self.table}"


class _State(msgspec.Struct):
    """What the pages in a folder are pages of."""

    service: str
    layer: str
    output: str
    matched: int | None
    begun: float
    count: int


def fetch(
    service: str,
    code: str,
    folder: Path,
    *,
    progress: Progress | None = None,
    say: Say | None = None,
    wait: Wait = time.sleep,
    now: Callable[[], float] = time.time,
) -> list[Fetched]:
    """All three layers of the municipality `code` (three digits) into `folder`. Pages of an earlier try that was cut off, at most a day
    old, are used again. Raises `FileRefused`: what is here then stays for the next try, unless it can no longer be right."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        http = Polite(service, wait=wait, say=say)
        offered = http.ask({"service": "WFS", "version": "2.0.0", "request": "GetCapabilities"}, capabilities)
        return [_Layer(http, service, code, folder, table, offered, now).all(progress) for table in TABLES]
    except OSError as error:
        raise FileRefused(
            f"det hentede kan ikke gemmes i {folder} ({error.strerror}). Skaf plads eller rettigheder."
        ) from error
    except FileRefused as reason:
        raise FileRefused(f"GeoFA: {reason}") from reason


def forget(folder: Path) -> None:
    """Deletes what was fetched: it has been imported, and the next time is to be asked for anew."""
    shutil.rmtree(folder, ignore_errors=True)


class _Layer:
    """One layer on its way here."""

    def __init__(
        self,
        http: Polite,
        service: str,
        code: str,
        folder: Path,
        table: str,
        offered: Capabilities,
        now: Callable[[], float],
    ) -> None:
        self.http, self.code, self.table, self.now = http, code, table, now
        self.layer = _layer_of(table, offered)
        self.format, self.output = _format(offered)
        self.folder = folder / table
        self.file = folder / f"GeoFA {table}.{self.format}"
        self.state = _State(service, self.layer, self.output, None, now(), PAGE_ROWS)
        self.pages: list[Page] = []
        self.keys: set[str] = set()

    def all(self, progress: Progress | None) -> Fetched:
        matched = self._matched()
        self._take_up(matched)
        try:
            while matched is None or len(self.keys) < matched:
                if progress:
                    progress(self.table, len(self.keys), matched)
                if not self._next(matched):
                    break
            if matched is not None and (then := self._matched()) != matched:
                raise _Changed(matched, then)
        except _Wrong as wrong:  # what is here is of no use for another try
            shutil.rmtree(self.folder, ignore_errors=True)
            raise FileRefused(f"{self.table}: {wrong}") from wrong
        if progress:
            progress(self.table, len(self.keys), len(self.keys))
        if not self.keys:
            return Fetched(self.table, 0, None)
        _write(self.file, join(self.pages, self.format, f"GeoFA {self.table}"))
        return Fetched(self.table, len(self.keys), self.file)

    def _matched(self) -> int | None:
        return self.http.ask({**self._question(), "resultType": "hits"}, hits)

    def _question(self) -> dict[str, str | int]:
        return {
            "service": "WFS",
            "version": "2.0.0",
            "request": "GetFeature",
            "typeNames": self.layer,
            "filter": FILTER.format(self.code),
        }

    def _take_up(self, matched: int | None) -> None:
        """The pages of an earlier try, as far as they are whole; none where they are of another question, too old, or too many."""
        self.state.matched = matched
        try:
            before = msgspec.json.decode((self.folder / STATE).read_bytes(), type=_State)
        except (FileNotFoundError, msgspec.MsgspecError):
            before = None
        same = before and (before.service, before.layer, before.output, before.matched) == (
            self.state.service, self.state.layer, self.state.output, matched,
        )  # fmt: skip
        if before and same and 0 <= self.now() - before.begun < KEPT_S:
            self.state = before
            with suppress(FileRefused, Broken, _Wrong):
                while (path := self._path(len(self.pages))).exists():
                    self._add(page(path.read_bytes(), self.format), matched)
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self._keep_state()

    def _next(self, matched: int | None) -> bool:
        """Fetches and keeps the next page; False where there is none."""
        at, kept = len(self.keys), bytearray()

        def read(raw: bytes) -> Page:
            kept[:] = raw
            return page(raw, self.format)

        asked = {
            **self._question(), "srsName": CRS, "sortBy": "objekt_id", "count": self.state.count, "startIndex": at,
            **({"outputFormat": self.output} if self.output else {}),
        }  # fmt: skip
        found = self.http.ask(asked, read)
        if not found.features:
            if matched is not None:
                raise _Wrong(f"registret siger {matched} objekter, men siden efter nr. {at} er tom. Prøv igen senere.")
            return False
        self._add(found, matched)
        if len(found.features) < self.state.count and matched is not None and len(self.keys) < matched:
            self.state.count = len(found.features)  # the first page shows how many the service gives at a time
            self._keep_state()
        _write(self._path(len(self.pages) - 1), bytes(kept))
        return True

    def _add(self, found: Page, matched: int | None) -> None:
        """Holds a page against what is here already. Raises _Wrong."""
        at, rows = len(self.keys), len(found.features)
        if found.matched is not None and matched is not None and found.matched != matched:
            raise _Changed(matched, found.matched)
        if rows > self.state.count:
            raise _Wrong(f"siden efter nr. {at} har {rows} objekter; der blev bedt om {self.state.count}.")
        if matched is not None and at + rows > matched:
            raise _Wrong(f"der kom {at + rows} objekter, men registret siger {matched}. Prøv igen senere.")
        if at and matched is not None and rows < min(self.state.count, matched - at):
            raise _Wrong(
                f"siden efter nr. {at} har {rows} objekter, men skulle have {min(self.state.count, matched - at)}. Prøv igen senere."
            )
        if at + rows > ROWS_MOST:
            raise _Wrong(
                f"der kommer over {ROWS_MOST} objekter, og så mange har ingen kommune. Tjenesten svarer ikke, som den skal."
            )
        if "" in found.keys:
            raise _Wrong(f"et objekt efter nr. {at} har intet objekt_id, så man kan ikke se, om alt er med.")
        if len(set(found.keys)) < rows or self.keys.intersection(found.keys):
            raise _Wrong(f"siden efter nr. {at} har objekter, der er hentet i forvejen. Tjenesten kan ikke bladre.")
        if other := next(
            (one for one in found.municipalities if one and one.lstrip("0").split(".")[0] != self.code), None
        ):
            raise _Wrong(
                f"der kom objekter fra kommune {other[:10]}; der blev bedt om {self.code}. Tjenesten kan ikke vælge en kommune."
            )
        self.keys.update(found.keys)
        self.pages.append(found)

    def _path(self, number: int) -> Path:
        return self.folder / f"side-{number:05}.{self.format}"

    def _keep_state(self) -> None:
        _write(self.folder / STATE, msgspec.json.encode(self.state))


class _Wrong(Exception):
    """Pages that can not all be right."""


class _Changed(_Wrong):
    def __init__(self, before: int, now: int | None) -> None:
        told = "antallet er væk" if now is None else f"nu er der {now}"
        super().__init__(
            f"registret blev ændret undervejs: der var {before} objekter, {told}. Intet er importeret. Prøv igen."
        )


def _layer_of(table: str, offered: Capabilities) -> str:
    """The layer's name as this service spells it: fkg:fkg.t_5800_fac_pkt and fkg:t_5800_fac_pkt are both seen."""
    for name in offered.layers:
        if name.rpartition(":")[2].rpartition(".")[2] == TABLES[table]:
            return name
    raise FileRefused(f"tjenesten har ikke laget {TABLES[table]}. Se efter, om adressen er rigtig (--service).")


def _format(offered: Capabilities) -> tuple[Format, str]:
    """(what the pages are, how this service calls it): GeoJSON where it has it, else GML 3.2, which every WFS 2.0 has."""
    for wanted in ("application/json", "geojson", "json"):
        for name in offered.formats:
            if wanted in name.lower() and "schema" not in name.lower():
                return "geojson", name
    for name in offered.formats:
        if "gml" in name.lower() and "3.2" in name:
            return "gml", name
    return "gml", ""


def _write(path: Path, raw: bytes) -> None:
    half = path.with_name(f".{path.name}.new")
    half.write_bytes(raw)
    os.replace(half, path)
