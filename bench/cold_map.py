"""cold_map: a new browser process on the same profile, server stopped, CPU four times slower: navigation start to the drawn map.

Beside it, in turn, MapLibre with the same archive and the same style, and nothing else (bench/barest)."""

from bench.figure import Figure, beside, node


def measure() -> list[Figure]:
    ms = node("cold.ts", "map")
    return [beside("cold_map", ms["ours"], ms["barest"], "ms", "MapLibre alone", held_to="≥ 0.7 of the peer's speed")]
