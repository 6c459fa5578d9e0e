"""The troupe's progress for a person at a terminal, or line by line for a log."""

import sys

from revue.demo.contracts import Progress

_BAR = 24
_EVERY = 8  # clips between two lines where no terminal redraws them


def say(text: str) -> None:
    """One plain line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def show(now: Progress) -> None:
    """How far the troupe has come."""
    if sys.stdout.isatty():
        done = round(_BAR * now.posted / max(1, now.total))
        end = "\n" if now.is_complete else ""
        sys.stdout.write(f"\r  demo troupe      {'█' * done}{'·' * (_BAR - done)}  {now.posted} of {now.total}{end}")
        sys.stdout.flush()
    elif now.posted % _EVERY == 0 or now.is_complete:
        say(f"  demo troupe      {now.posted} of {now.total} clips made, {now.watchable} play")
