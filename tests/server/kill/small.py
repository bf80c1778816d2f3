"""A small disk of one's own: a tmpfs in a mount namespace, which is gone with the process that holds it. What is started through
`enter` sees it; whoever is outside reaches it through /proc. Root makes one, and so does anybody where user namespaces are allowed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CHUNK = 64 * 1024
BALLAST = "ballast"


class SmallDisk:
    """`inside` is its folder as a process on it sees it, `outside` the same for this one."""

    def __init__(self, holder: "subprocess.Popen[bytes]", inside: Path, enter: list[str]) -> None:
        self._holder, self.inside, self.enter = holder, inside, enter
        self.outside = Path(f"/proc/{holder.pid}/root{inside}")

    def fill(self, *, leave: int = 0) -> None:
        """Until it is full, but for `leave` bytes."""
        with (self.outside / BALLAST).open("ab", buffering=0) as file:
            for size in (CHUNK, 4096):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue
        if leave:
            os.truncate(self.outside / BALLAST, (self.outside / BALLAST).stat().st_size - leave)

    def empty(self) -> None:
        """Takes out what filled it."""
        (self.outside / BALLAST).unlink()

    def run(self, *words: str) -> None:
        """A command on it."""
        subprocess.run([*self.enter, *words], check=True, capture_output=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Raises RuntimeError where none can be had."""
    folder.mkdir()
    ways = ([], ["--user", "--map-root-user"]) if os.geteuid() == 0 else (["--user", "--map-root-user"],)
    script = f"mount -t tmpfs -o size={megabytes}m tmpfs {folder} && echo mounted && exec cat"
    for way in ways:
        holder = subprocess.Popen(
            ["unshare", "--mount", *way, "sh", "-c", script],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert holder.stdin is not None
        assert holder.stdout is not None
        if holder.stdout.readline() == b"mounted\n":
            break
        holder.wait()
    else:
        raise RuntimeError("no small disk can be had here: neither root nor user namespaces")
    enter = ["nsenter", f"--target={holder.pid}", "--mount", "--wd"]
    enter += ["--user", "--preserve-credentials"] if way else []
    try:
        yield SmallDisk(holder, folder, enter)
    finally:
        holder.stdin.close()  # it reads to the end of it
        holder.wait()
        holder.stdout.close()


def can() -> bool:
    """Whether the tools for it are here."""
    return all(shutil.which(tool) for tool in ("unshare", "nsenter", "mount"))
