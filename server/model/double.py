"""The args of merge."""

from server.model.values import Id, Value


class Merge(Value, frozen=True, kw_only=True):
    """args of merge, whose subject is the double that goes. `into`: the thing of the same kind that stays."""

    into: Id
