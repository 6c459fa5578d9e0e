"""Addresses that carry their own permission: AWS Signature Version 4, in the query, for S3.

Ours and not boto3's for one reason: all who ask within a while get the same address, so that browsers and caches know
a file again. Source: the Signature Version 4 documentation of Amazon S3, whose example is among our tests.
"""

import dataclasses
import datetime
import hashlib
import hmac
import urllib.parse
from collections.abc import Mapping
from typing import Final

ALGORITHM: Final = "AWS4-HMAC-SHA256"


@dataclasses.dataclass(frozen=True)
class Credentials:
    """Who signs."""

    access_key: str
    secret_key: str
    token: str | None = None  # of keys that are lent for a while


def presigned(
    method: str,
    address: str,
    *,
    credentials: Credentials,
    region: str,
    at: datetime.datetime,
    seconds: int,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """An address that allows one kind of request for a while.

    Args:
        method: GET, PUT, …
        address: scheme, host and path, the path percent-encoded as S3 does it.
        credentials: who signs.
        region: the bucket's.
        at: from when on, UTC.
        seconds: for how long, a week at most.
        query: what else the address says.
        headers: what else the request must carry, exactly so; names in small letters.
    """
    split = urllib.parse.urlsplit(address)
    signed = {"host": split.netloc, **(headers or {})}
    moment, day = f"{at:%Y%m%dT%H%M%SZ}", f"{at:%Y%m%d}"
    scope = f"{day}/{region}/s3/aws4_request"
    words = {
        **(query or {}),
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{credentials.access_key}/{scope}",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": ";".join(sorted(signed)),
        **({"X-Amz-Security-Token": credentials.token} if credentials.token else {}),
    }
    asked = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in sorted(words.items()))
    lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
    request = "\n".join([method, split.path or "/", asked, lines, ";".join(sorted(signed)), "UNSIGNED-PAYLOAD"])
    text = "\n".join([ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"AWS4{credentials.secret_key}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    return f"{address}?{asked}&X-Amz-Signature={hmac.digest(key, text.encode(), 'sha256').hex()}"


def quoted(text: str, *, keeps: str = "") -> str:
    """Percent-encoded as S3 compares it: everything but letters, digits and `-._~`."""
    return urllib.parse.quote(text, safe=f"-._~{keeps}")
