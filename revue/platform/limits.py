"""How often someone may do something, the same for every process: one row and one statement per check.

A key's row holds the moment at which its allowance is whole again (the generic cell rate algorithm). Someone may
spend the whole allowance at once; it then comes back evenly. Keys are hashed: no address or person stands here.
"""

import datetime
import math
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from revue.platform import clock
from revue.platform.errors import RateLimited

_SPEND = """
INSERT INTO platform_limit AS allowance (key, whole_at) VALUES (%(key)s, %(now)s + %(step)s)
ON CONFLICT (key) DO UPDATE SET whole_at = GREATEST(allowance.whole_at, %(now)s) + %(step)s
WHERE GREATEST(allowance.whole_at, %(now)s) + %(step)s <= %(now)s + %(window)s
RETURNING whole_at
"""
_WHOLE_AT = "SELECT whole_at FROM platform_limit WHERE key = %s"
_FORGET = "DELETE FROM platform_limit WHERE whole_at < %s"


def check(name: str, *, key: str, per_minute: int = 0, per_hour: int = 0, per_day: int = 0) -> None:
    """Count one use; the use is refused when the allowance is spent.

    Args:
        name: what is done, for example `comment`.
        key: by whom: a person's id, or an address.
        per_minute: how often within a minute; 0 does not ask.
        per_hour: how often within an hour; 0 does not ask.
        per_day: how often within 24 hours; 0 does not ask.

    Raises:
        RateLimited: with `retry_after_s`, whole seconds.
    """
    for allowance, seconds in ((per_minute, 60), (per_hour, 3600), (per_day, 86_400)):
        if allowance:
            _spend(_hashed(name, key, seconds), allowance, datetime.timedelta(seconds=seconds))


def forget_old() -> None:
    """Drop the rows of allowances that are whole again."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [clock.now()])


def _spend(key: str, allowance: int, window: datetime.timedelta) -> None:
    step = window / allowance
    values: dict[str, Any] = {"key": key, "now": clock.now(), "step": step, "window": window}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, values)
        if cursor.fetchone() is not None:
            return
        cursor.execute(_WHOLE_AT, [key])
        row = cursor.fetchone()
    whole_at = row[0] if row else clock.now()
    wait = (whole_at + step - window - clock.now()).total_seconds()
    raise RateLimited(retry_after_s=max(1, math.ceil(wait)))


def _hashed(name: str, key: str, seconds: int) -> str:
    return salted_hmac("revue.platform.limits", f"{name}:{seconds}:{key}", algorithm="sha256").hexdigest()[:40]
