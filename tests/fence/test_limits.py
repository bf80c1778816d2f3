"""Behind the limits a process reaches nobody, and one that has not got them is not believed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fence.limits import FenceDown, check
from tests.fence.stranger import Stranger

ROOT = Path(__file__).resolve().parent.parent.parent
READ = "import sys, pyogrio; pyogrio.raw.read(sys.argv[1])"
LIMITED = (
    "import os, sys; from fence import limits;"
    "os.execve(sys.executable, [sys.executable, '-c', sys.argv[1], *sys.argv[2:]], limits.put_up(60))"
)


@pytest.fixture
def stranger() -> Iterator[Stranger]:
    with Stranger() as one:
        yield one


def run(code: str, *words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, **environment}
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=60)


def pointing(path: Path, crs: dict[str, object], *, within: bool) -> Path:
    """A GeoJSON file with this `crs`, on the document or within its geometry."""
    own = {"crs": crs}
    point = {"type": "Point", "coordinates": [11.8745, 54.769], **(own if within else {})}
    feature = {"type": "Feature", "properties": {}, "geometry": point}
    document = {"type": "FeatureCollection", **({} if within else own), "features": [feature]}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize("within", [False, True], ids=["document", "geometry"])
@pytest.mark.parametrize("sort", ["link", "url"])
def test_gdal_let_at_a_file_with_an_address_asks_nobody(
    stranger: Stranger, tmp_path: Path, sort: str, within: bool
) -> None:
    path = pointing(tmp_path / "a.geojson", stranger.crs(sort), within=within)
    run(LIMITED, READ, path)
    assert stranger.connections() == 0


def test_gdal_without_the_limits_does_ask(stranger: Stranger, tmp_path: Path) -> None:
    """Else the test above would hold of itself."""
    path = pointing(tmp_path / "a.geojson", stranger.crs("link"), within=False)
    run(READ, path, GDAL_HTTP_TIMEOUT="1", CPL_VSIL_CURL_ALLOWED_FILENAME="none")
    assert stranger.connections() > 0


def test_what_was_put_up_is_there_after_starting_anew() -> None:
    said = run(LIMITED, "from fence import limits; limits.check(60); print('whole')")
    assert said.stdout.strip() == "whole", said.stderr


def test_a_process_with_a_shorter_limit_keeps_it() -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (30, 30));" + LIMITED
    said = run(code, "import resource; print(resource.getrlimit(resource.RLIMIT_CPU))")
    assert said.stdout.strip() == "(30, 30)", said.stderr


def test_a_process_without_limits_is_not_believed() -> None:
    with pytest.raises(FenceDown, match="is not"):
        check(60)


@pytest.mark.parametrize("missing", ["GDAL_HTTP_PROXY", "PROJ_NETWORK", "GML_DOWNLOAD_SCHEMA"])
def test_a_setting_that_went_missing_is_named(missing: str) -> None:
    said = run(LIMITED, f"import os; from fence import limits; del os.environ[{missing!r}]; limits.check(60)")
    assert f"FenceDown: {missing} is not" in said.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="sockets are denied on Linux alone")
def test_sockets_that_can_be_opened_are_found() -> None:
    open_ = LIMITED.replace("os.execve", "limits._deny_sockets = lambda: None; os.execve")
    said = run(open_, "from fence import limits; limits.check(60)")
    assert "FenceDown: a socket could be opened" in said.stderr
