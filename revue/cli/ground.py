"""What every command stands on."""

import os
import sys
from typing import Final

DJANGO_SETTINGS: Final = "revue.settings.django"


def set_up_django() -> None:
    """Load settings and apps."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DJANGO_SETTINGS)
    import django

    django.setup()


def fail(line: str) -> int:
    """One line about what stands in the way."""
    print(f"revue: {line}", file=sys.stderr, flush=True)
    return 1
