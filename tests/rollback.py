"""Tests that do many things to one data set, each as if it were the first."""

import contextlib
from collections.abc import Iterator

from django.db import transaction


@contextlib.contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written meanwhile is not kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
