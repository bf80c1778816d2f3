"""Nameless lines become routes that somebody would call one: nothing twice, nothing lost, whatever order the file had."""

import random
from itertools import pairwise

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.importing.join import XY, Piece, network

A, B, C, D, E = (0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (10.0, 10.0), (0.0, 10.0)


def routes(*lines: list[XY]) -> list[list[XY]]:
    """Each route as its points."""
    return [points_of(chain) for chain in network([(line, "") for line in lines]).chains]


def points_of(chain: list[Piece]) -> list[XY]:
    points: list[XY] = []
    for piece in chain:
        points += piece.points if not points else piece.points[1:]
    return points


def test_two_lines_that_meet_end_to_end_are_one_route() -> None:
    assert routes([B, A], [B, C]) == [[A, B, C]]


def test_equal_lines_in_either_direction_are_one_and_each_other_is_told() -> None:
    found = network([([A, B], ""), ([B, A], ""), ([A, B], "")])
    assert (len(found.chains), found.over) == (1, {1: [0], 2: [0]})


def test_an_end_on_a_vertex_of_another_line_is_a_junction() -> None:
    assert sorted(routes([A, B, C], [B, D])) == sorted([[A, B], [B, D], [B, C]])


def test_a_mere_crossing_is_no_junction() -> None:
    assert len(routes([A, B, C], [(10.0, -5.0), B, D])) == 2


def test_a_line_that_lies_on_part_of_another_adds_nothing() -> None:
    found = network([([A, B, C], ""), ([A, B], "")])
    assert ([points_of(chain) for chain in found.chains], found.over) == ([[A, B, C]], {1: [0]})


def test_a_ring_of_pieces_without_a_junction_begins_at_its_smallest_end() -> None:
    assert routes([B, D], [E, A], [A, B], [D, E]) == [[A, E, D, B, A]]


def test_a_ring_at_a_junction_stays_a_route_of_its_own() -> None:
    assert sorted(map(len, routes([B, C, D, B], [A, B]))) == [2, 4]


def test_of_pieces_that_lie_on_each_other_the_same_one_stays_whatever_their_order() -> None:
    for lines in ([([A, B], "firm"), ([B, A], "loose")], [([B, A], "loose"), ([A, B], "firm")]):
        ((piece,),) = network(lines).chains
        assert piece.like == "firm"


_POINT = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda p: (float(p[0]), float(p[1])))


def _without_repeats(points: list[XY]) -> list[XY]:
    return [points[0], *(b for a, b in pairwise(points) if a != b)]


_LINES = st.lists(
    st.lists(_POINT, min_size=2, max_size=6).map(_without_repeats).filter(lambda p: len(p) > 1), min_size=1, max_size=12
)


def legs(lines: list[list[XY]]) -> set[tuple[XY, XY]]:
    return {(min(a, b), max(a, b)) for line in lines for a, b in pairwise(line)}


@settings(deadline=None, max_examples=300)
@given(_LINES, st.randoms(use_true_random=False))
def test_no_metre_is_lost_or_made_and_the_order_of_the_rows_is_nothing(
    lines: list[list[XY]], chance: random.Random
) -> None:
    found = network([(line, "") for line in lines])
    assert legs([points_of(chain) for chain in found.chains]) == legs(lines)
    shuffled = [line[:: chance.choice((1, -1))] for line in lines]
    chance.shuffle(shuffled)
    assert routes(*shuffled) == [points_of(chain) for chain in found.chains]


@settings(deadline=None)
@given(_LINES)
def test_pieces_are_joined_as_shapely_joins_them(lines: list[list[XY]]) -> None:
    found = network([(line, "") for line in lines])
    pieces = [shapely.LineString(piece.points) for chain in found.chains for piece in chain]
    merged = shapely.line_merge(shapely.MultiLineString(pieces))
    assert len(shapely.get_parts(merged)) == len(found.chains)


@settings(deadline=None, max_examples=300)
@given(_LINES)
def test_every_line_has_a_piece_of_its_own_or_is_told_to_lie_on_others(lines: list[list[XY]]) -> None:
    found = network([(line, "") for line in lines])
    own = {piece.of for chain in found.chains for piece in chain}
    assert own | found.over.keys() == set(range(len(lines)))
    assert not own & found.over.keys()
    assert {one for holders in found.over.values() for one in holders} <= own
