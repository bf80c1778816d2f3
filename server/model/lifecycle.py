"""The steps of a place's life. The table is typed by state: one without a row does not pass mypy."""

from typing import Final, Literal, TypedDict

State = Literal["idea", "developing", "active", "resting", "dissolved"]
STATES: Final[tuple[State, ...]] = ("idea", "developing", "active", "resting", "dissolved")


class Steps(TypedDict):
    """For each state the states that may follow it."""

    idea: frozenset[State]
    developing: frozenset[State]
    active: frozenset[State]
    resting: frozenset[State]
    dissolved: frozenset[State]


STEPS: Final[Steps] = {
    "idea": frozenset({"developing"}),
    "developing": frozenset({"active"}),
    "active": frozenset({"resting", "dissolved"}),
    "resting": frozenset({"active", "dissolved"}),
    "dissolved": frozenset(),
}
PUBLIC: Final[frozenset[State]] = frozenset({"active", "resting"})
"""States in which everybody reads the whole place."""
WITHDRAWABLE: Final[frozenset[State]] = frozenset({"idea", "developing"})
"""States in which a place may be withdrawn; later it rests or is dissolved, and still answers."""


def may_step(from_: State, to: State) -> bool:
    """Whether `to` is a step from `from_`; standing still is none."""
    return to in STEPS[from_]
