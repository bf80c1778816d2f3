"""What came of dying at every step of one write path."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Row:
    """What came of one path. `lost`: replies that had left and were not kept; `twice`: what was done again when it was sent again;
    `torn`: what was found half done, or does not fit together. Each names its step."""

    name: str
    steps: int
    kinds: dict[str, int]
    kills: int = 0
    looks: int = 0
    before: int = 0
    after: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        return not (self.lost or self.twice or self.torn)
