"""Commands as an office types them, and how one that is refused says so."""

from pathlib import Path

from click.testing import CliRunner, Result

from server.cli import main


def call(data_dir: Path, *words: str | Path, stdin: bytes = b"", **env: str) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin, env={"DATA_DIR": str(data_dir), **env})


def refused(result: Result, *parts: str) -> None:
    """One line, never a traceback, with each of `parts` in it."""
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    for part in parts:
        assert part in line, line
