"""shell_bytes: every byte that a browser fetches before the first row shows, compressed, without data and font."""

from bench.figure import Figure, node, of


def measure() -> list[Figure]:
    told = node("shell_bytes.ts")
    return [
        of("shell_bytes", [told["shell"] / 1000], "kB", held_to="≤ 40 kB"),
        of("shell_font", [told["font"] / 1000], "kB", held_to="≤ 25 kB"),
    ]
