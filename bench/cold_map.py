"""cold_map: a new browser process on the same profile, server stopped, CPU four times slower: navigation start to the drawn map."""

from bench.figure import Figure, node, of


def measure() -> list[Figure]:
    return [of("cold_map", node("cold.ts", "map"), "ms", held_to="about ≤ 1,500 ms")]
