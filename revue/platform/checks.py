"""What must be right for an instance to work: a registry for `/readyz` and `revue doctor`.

Apps above add their own in `AppConfig.ready()`:

    checks.register("ffmpeg", check_ffmpeg)  # a function that returns None, or what is wrong and how to mend it
"""

import dataclasses
from collections.abc import Callable

Check = Callable[[], str | None]


@dataclasses.dataclass(frozen=True)
class Registered:
    """One check; `is_for_ready` ones are asked with each `/readyz` and must be quick."""

    name: str
    run: Check
    is_for_ready: bool
    is_fatal: bool
    tells: Callable[[], str] | None


_registry: dict[str, Registered] = {}


def register(
    name: str,
    run: Check,
    *,
    is_for_ready: bool = False,
    is_fatal: bool = True,
    tells: Callable[[], str] | None = None,
) -> None:
    """Add a check.

    Args:
        name: one or two words, shown to operators.
        run: returns None when all is well, else one sentence: what is wrong and how to mend it.
        is_for_ready: also asked by `/readyz`, often.
        is_fatal: False for what an instance can live with; `revue doctor` then only warns.
        tells: what an operator may want to know when all is well.
    """
    _registry[name] = Registered(name, run, is_for_ready, is_fatal, tells)


def registered() -> list[Registered]:
    """Every check, in the order of registration."""
    return list(_registry.values())


def problems_for_ready() -> dict[str, str]:
    """What keeps this process from serving now: name → sentence."""
    found = {check.name: check.run() for check in _registry.values() if check.is_for_ready}
    return {name: problem for name, problem in found.items() if problem}
