"""`revue doctor`: every check, one line each, and how to mend what is wrong."""

from revue.platform import checks
from revue.platform.running_database import running_database


def examine() -> int:
    """Print each check's result. Returns 1 when something fatal is wrong, else 0."""
    has_failed = False
    with running_database():
        for check in checks.registered():
            problem = check.run()
            mark = "ok   " if problem is None else "WRONG" if check.is_fatal else "note "
            said = problem or (check.tells() if check.tells else "")
            print(f"{mark} {check.name:<14} {said}".rstrip())  # noqa: T201 - this is the terminal
            has_failed = has_failed or (problem is not None and check.is_fatal)
    return 1 if has_failed else 0
