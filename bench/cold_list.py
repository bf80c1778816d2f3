"""cold_list: a new browser process on the same profile, server stopped, CPU four times slower: until the first row is painted."""

from bench.figure import Figure, node, of


def measure() -> list[Figure]:
    return [of("cold_list", node("cold.ts", "list"), "ms", held_to="about ≤ 700 ms")]
