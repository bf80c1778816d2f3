"""What a host does for who comes: the answer to all who want to be met at the door, and how many came. The args of these verbs."""

import datetime
from typing import Annotated

from msgspec import Meta

from server.model.values import Text, Value

Many = Annotated[int, Meta(ge=0, le=10_000)]


class AnswerMet(Value, frozen=True, kw_only=True):
    """args of answer_met: where, when and how to recognise who meets them, to all who asked for the time of `day`."""

    day: datetime.date
    answer: Text


class CountEvent(Value, frozen=True, kw_only=True):
    """args of count_event: how many came to the time of `day`, and how many of them for the first time."""

    day: datetime.date
    came: Many
    new: Many

    def __post_init__(self) -> None:
        if self.new > self.came:
            raise ValueError("Der kan ikke være flere nye end dem, der kom.")
