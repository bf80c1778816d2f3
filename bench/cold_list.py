"""cold_list: a new browser process on the same profile, server stopped, CPU four times slower: until the first row is painted.

Beside it, in turn, the barest page that a service worker can show: one fixed row (bench/barest)."""

from bench.figure import Figure, beside, node


def measure() -> list[Figure]:
    ms = node("cold.ts", "list")
    return [beside("cold_list", ms["ours"], ms["barest"], "ms", "one fixed row", held_to="≥ 0.6 of the peer's speed")]
