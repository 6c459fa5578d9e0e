"""What others may know of the troupe."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """How far the troupe has come."""

    posted: int  # clips handed to the pipeline
    watchable: int  # of those, how many play
    total: int

    @property
    def is_complete(self) -> bool:
        """Whether every clip has been posted."""
        return self.posted >= self.total


Watcher = Callable[[Progress], None]
