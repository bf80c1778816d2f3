"""A process that reads a foreign file, both its ends: `run` starts one and ends it by the clock, `inside` is what it does with itself.

It has nothing but its folder: limits of memory, time and size, no network, none of the server's environment (fence/limits.py). On standard
error it says, a JSON object a line, how far it is and how it understands what it reads, and `{"refused":"…"}` where it does not take the
file (exit 3).
"""

import errno
import json
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import msgspec

from fence import limits
from server.formats.refusal import FileRefused

ROOT: Final = Path(__file__).resolve().parents[2]
CLOCK_S: Final = 120.0
STARTED_AGAIN: Final = "MOEDESTEDER_READER"
REFUSED: Final = 3
NO_MEMORY: Final = f"filen kræver mere hukommelse, end læseren får ({limits.MEMORY // 1024**2} MB)."
BROKEN: Final = (
    "den er beskadiget, eller skrevet på en måde, der ikke kendes her ({}). Åbn den i det program, den kommer fra, gem den igen, og "
    "prøv så."
)
"""The format's or library's own fault is named by its sort alone."""
LONGEST_LINE: Final = 65_536
FULL: Final = (errno.ENOSPC, errno.EDQUOT)
Heard = Callable[[dict[str, Any]], None]


class NoRoom(FileRefused):
    """The disk is full: nothing is the matter with the file."""


class Drivers(NamedTuple):
    """GDAL's drivers: those `kept` in the process, and the function that lists those that there are. GDAL registers them once, when it is
    loaded, so the process starts itself again to be without the others."""

    kept: frozenset[str]
    listed: Callable[[], Iterable[str]]


def run(
    module: str, arguments: list[str], *, written: Path, do: str, clock_s: float, heard: Heard | None = None
) -> None:
    """Starts a module of ours, whose `main` is `inside`, in the folder of `written`, which becomes what it says on standard output. `heard`
    is given what it says on the way; `do` is what a person can do about a file that takes too long. Raises `FileRefused`."""
    folder = written.parent
    clean = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    late = threading.Event()
    with (
        written.open("xb") as out,
        subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments], env=clean, cwd=folder,
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE,
        ) as process,
    ):  # fmt: skip

        def end() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(clock_s, end)
        clock.start()
        try:
            assert process.stderr is not None  # noqa: S101  asked for above
            refusal, last = _listen(process.stderr, heard)
            code = process.wait()
        finally:
            clock.cancel()
            process.kill()
    if late.is_set():
        raise FileRefused(f"læsningen tog over {clock_s:.0f} sekunder og blev stoppet. {do}")
    if refusal is not None:
        raise FileRefused(refusal)
    if code < 0:
        raise FileRefused(
            f"læseren blev stoppet (signal {-code}): filen kræver for meget tid eller hukommelse, eller er beskadiget. {do}"
        )
    if code:
        raise FileRefused(f"læseren fejlede (kode {code}): {last}")


def _listen(errors: IO[bytes], heard: Heard | None) -> tuple[str | None, str]:
    """(the refusal, if there was one; the last line that was none of ours)."""
    refusal, last = None, ""
    while line := errors.readline(LONGEST_LINE):
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            last = line.decode(errors="replace").strip()[:300] or last
        elif "no_room" in said:
            raise NoRoom("disken er fuld")
        elif "refused" in said:
            refusal = str(said["refused"])
        elif heard is not None:
            heard(said)
    return refusal, last


def inside(work: Callable[[], None], *, cpu_seconds: int, do: str, drivers: Drivers | None = None) -> int:
    """Puts up the fence, starts this process again, checks the fence, and does the work. Returns the exit code. `do` is what a person
    can do about a file that needs too much memory. A fence that is down ends the process with its traceback, and nothing is read."""
    if os.environ.get(STARTED_AGAIN) != "1":
        others = ",".join(one for one in drivers.listed() if one not in drivers.kept) if drivers else ""
        again = limits.put_up(cpu_seconds) | {STARTED_AGAIN: "1"} | ({"OGR_SKIP": others} if drivers else {})
        os.execve(sys.executable, sys.orig_argv, again)  # noqa: S606 - ourselves, by full path
    limits.check(cpu_seconds)
    if drivers and (more := set(drivers.listed()) - drivers.kept):
        raise limits.FenceDown(f"drivers that should be gone: {sorted(more)}")
    warnings.simplefilter("ignore")
    try:
        work()
        sys.stdout.buffer.flush()
    except FileRefused as reason:
        refusal = str(reason)
    except MemoryError:
        refusal = f"{NO_MEMORY} {do}"
    except OSError as reason:
        if reason.errno in FULL:
            say({"no_room": True})
            return REFUSED
        large = reason.errno == errno.EFBIG
        why = f"fylder over {limits.FILE_BYTES // 1024**2} MB, når den er læst" if large else "kan ikke læses"
        refusal = f"filen {why}. {do}"
    except (
        Exception
    ) as reason:  # the errors of GDAL and others are many and share no base, and their words are nobody's here
        small = any(
            word in str(reason) for word in ("bad_alloc", "memory")
        )  # GEOS and GDAL have no error of their own for it
        refusal = f"{NO_MEMORY} {do}" if small else f"filen kan ikke læses: {BROKEN.format(type(reason).__name__)}"
    else:
        return 0
    say({"refused": refusal})
    return REFUSED


def say(what: dict[str, Any]) -> None:
    """To the one who started this process."""
    sys.stderr.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stderr.buffer.flush()
