"""Limits on a process that reads a foreign file: memory, time, size; no network, no core dump.

They are put up before the process starts anew with the short list of drivers, and stay up over that. Nothing in it may fail open:
a limit that can not be set ends the process. Only where the system knows no such limit (macOS and memory) is it left to the
parent, which ends the process by the clock.
"""

import ctypes
import errno
import os
import platform
import resource
import socket
import sys

MEMORY = 512 * 1024 * 1024
FILE_BYTES = 512 * 1024 * 1024

# GDAL follows an address in a GeoJSON's `crs` whatever CPL_VSIL_CURL_ALLOWED_FILENAME says (seen in 3.12.4). So where the system
# can, sockets are denied; and everywhere its HTTP goes to a proxy that is not there.
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GDAL_HTTP_PROXY": "127.0.0.1:1",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "PROJ_NETWORK": "OFF",
}

# Per machine: the kernel's number for the architecture and for socket(2).
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


class FenceDown(Exception):
    """A limit could not be set, or is not there."""


class _Filter(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_Filter)))


def _deny_sockets() -> None:
    """Seccomp: socket(2) answers EACCES from here on, in this process and what it becomes."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return
    architecture, call = _CALLS[platform.machine()]
    steps = (_Filter * 7)(
        _Filter(0x20, 0, 0, 4),  # load the architecture
        _Filter(0x15, 0, 4, architecture),  # a foreign one: to kill
        _Filter(0x20, 0, 0, 0),  # load the call's number
        _Filter(0x15, 0, 1, call),  # another than socket: to allow
        _Filter(0x06, 0, 0, 0x00050000 | errno.EACCES),
        _Filter(0x06, 0, 0, 0x7FFF0000),  # allow
        _Filter(0x06, 0, 0, 0x80000000),  # kill
    )
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(_Program(len(steps), steps)), 0, 0):
        raise FenceDown(f"seccomp: {os.strerror(ctypes.get_errno())}")


def put_up(cpu_seconds: int) -> dict[str, str]:
    """Sets the limits on this process and returns the environment to start anew with."""
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    if sys.platform != "darwin":
        _limit(resource.RLIMIT_AS, MEMORY)
    _deny_sockets()
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return kept | ENVIRONMENT


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(what, (most, most))
    except (OSError, ValueError) as reason:
        raise FenceDown(f"limit {what}: {reason}") from reason


def check(cpu_seconds: int) -> None:
    """Raises `FenceDown` unless everything that `put_up` sets is there."""
    limits = [(resource.RLIMIT_CPU, cpu_seconds), (resource.RLIMIT_FSIZE, FILE_BYTES), (resource.RLIMIT_CORE, 0)]
    if sys.platform != "darwin":
        limits.append((resource.RLIMIT_AS, MEMORY))
    for what, most in limits:
        if not 0 <= resource.getrlimit(what)[1] <= most:
            raise FenceDown(f"limit {what} is not set")
    for name, value in ENVIRONMENT.items():
        if os.environ.get(name) != value:
            raise FenceDown(f"{name} is not {value}")
    if sys.platform == "linux" and platform.machine() in _CALLS:
        try:
            socket.socket().close()
        except PermissionError:
            return
        raise FenceDown("a socket could be opened")
