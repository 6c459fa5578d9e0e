"""How far a run of ffmpeg is, from the lines of its `-progress pipe:1`."""

from collections.abc import Callable

OnProgress = Callable[[int], None]  # told the milliseconds done so far, each second or sooner; may raise to cancel


class Progress:
    """Listens to a run, and tells whoever wants to know."""

    def __init__(self, on_progress: OnProgress | None = None) -> None:
        self.reached_ms = 0
        self._tell = on_progress

    def __call__(self, line: str) -> None:
        """Take a line, or an empty one for a moment that has passed."""
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit():
            self.reached_ms = int(value) // 1000
        if self._tell is not None:
            self._tell(self.reached_ms)
