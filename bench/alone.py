"""Each figure in a process of its own: SpatiaLite and the wheels that read geodata can not share one, nor is memory left over."""

import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from bench.figure import Figure


def by_itself(name: str) -> list[Figure]:
    """The figures of bench/<name>.py. Raises what it raises."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        return alone.submit(_measure, name).result()


def _measure(name: str) -> list[Figure]:
    figures: list[Figure] = importlib.import_module(f"bench.{name}").measure()
    return figures
