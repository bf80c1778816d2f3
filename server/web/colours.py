"""The municipality's own colour as a stylesheet of its own. Its address says its colours, so it is kept for ever and never old."""

import re
from typing import Final

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from server.model.colours import Colours, derived
from server.web.files import IMMUTABLE
from server.web.guard import PUBLIC

NAME: Final = re.compile(r"([0-9a-f]{6})-([0-9a-f]{6})\.css")


def address(colours: Colours) -> str:
    """Where the stylesheet of `colours` is; the phone makes it of the settings as well (pwa/src/screens/colours.ts)."""
    return f"/farver/{colours.light[1:]}-{colours.dark[1:]}.css"


def link(colours: Colours | None) -> str:
    """What stands in a page's head; nothing where the look's own colours are meant."""
    return f'<link rel="stylesheet" href="{address(colours)}">' if colours else ""


def stylesheet(light: str, dark: str) -> str:
    """The tokens of `act` for the two plain themes: by the person's choice where there is script, else by what the phone asks for.
    Who asks for strong colours keeps the look's own. Stronger than the look's selectors, wherever it stands in the page."""
    day, evening = (
        "".join(f"--{name}:{colour};" for name, colour in derived(theme, act).items())
        for theme, act in (("light", light), ("dark", dark))
    )
    plain = "html:root:not([data-theme])"
    weak = ", ".join(f"(prefers-contrast: {asked})" for asked in ("no-preference", "less", "custom"))
    return (
        f':root[data-theme="light"]{{{day}}}\n:root[data-theme="dark"]{{{evening}}}\n'
        f"@media {weak}{{{plain}{{{day}}}}}\n"
        f"@media (prefers-color-scheme: dark){{@media {weak}{{{plain}{{{evening}}}}}}}\n"
    )


@get("/farver/{name:str}", opt=PUBLIC, include_in_schema=False)
async def colours_css(name: FromPath[str]) -> Response[str]:
    """The stylesheet of two colours; which two are a municipality's is for save_settings to see to."""
    if (two := NAME.fullmatch(name)) is None:
        raise NotFoundException
    text = stylesheet(f"#{two[1]}", f"#{two[2]}")
    return Response(text, media_type="text/css", headers={"cache-control": IMMUTABLE, "etag": f'"{name}"'})
