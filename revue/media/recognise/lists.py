"""Lists of known pictures as text: one PDQ hash in a line, or the four columns of vPDQ."""

import re
from collections.abc import Iterable

from revue.media.errors import BadHashList

# A hash alone, or vPDQ's frame, quality, hash and timestamp.
_IS_HASH = re.compile(r"[0-9a-fA-F]{64}|\d+\s*,\s*\d+\s*,\s*[0-9a-fA-F]{64}\s*,\s*[\d.]+")
_LEAST_QUALITY = 50


def read(text: str) -> list[bytes]:
    """The hashes in a list; of vPDQ's lines those of poor quality are left out.

    Raises:
        BadHashList: a line is neither; its number is named.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = [word.strip() for word in line.split(",")]
        if words == [""] or words[0].startswith("#"):
            continue
        if not _IS_HASH.fullmatch(line.strip()):
            raise BadHashList(number)
        if len(words) == 1 or int(words[1]) >= _LEAST_QUALITY:
            found.append(bytes.fromhex(words[-2] if len(words) > 1 else words[0]))
    return found


def write(hashes: Iterable[bytes]) -> str:
    """One hash in a line."""
    return "".join(f"{one.hex()}\n" for one in hashes)
