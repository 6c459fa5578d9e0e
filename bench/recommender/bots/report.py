"""What the server took and what it refused, in words."""

import numpy as np

from bench.recommender.bots.crowd import Crowd


def times(found: Crowd) -> str:
    """Lines for people."""
    took, swipes = found.times, len(found.shown)
    rate = swipes / max(found.seconds, 1e-9)
    lines = [
        f"{swipes} swipes of {len(found.visits)} bots in {found.seconds:.0f} s, {rate:.0f} a second",
        _line("a page is asked for → it is there", took.feed),
        _line("a watch is reported → it is kept", took.events),
        _line("a swipe → a pick that knows the watch it ended", took.effect),
        _ages(took.ages),
        f"errors: {len(took.errors)}; told to wait: {took.waited} times",
        *took.errors[:10],
    ]
    return "\n".join(lines)


def _line(name: str, seconds: list[float]) -> str:
    if not seconds:
        return f"{name}: never"
    p50, p99 = 1000 * np.percentile(seconds, [50, 99])
    return f"{name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms, most {1000 * max(seconds):.0f} ms"


def _ages(seconds: list[float]) -> str:
    if not seconds:
        return "the weights in use: none were published"
    p50, p90, p99 = np.percentile(seconds, [50, 90, 99])
    old = f"p50 {p50:.0f} s old, p90 {p90:.0f} s, p99 {p99:.0f} s"
    return f"the newest watch that the weights in use know, asked each second: {old}"
