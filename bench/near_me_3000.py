"""near_me_3000: 3,000 places on the phone put in order of nearness, in Chromium's own engine (Node's V8)."""

from bench.figure import Figure, node, of


def measure() -> list[Figure]:
    return [of("near_me_3000", node("near_me_3000.ts"), "ms", held_to="≤ 20 ms")]
