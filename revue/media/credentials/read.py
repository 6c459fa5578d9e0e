"""Files → what their Content Credentials say. Knows no Django; the parsing is done by a child that is shut in."""

import dataclasses
import enum
import json
import logging
import mmap
import pathlib
import sys
from typing import Any, Final

from revue.media.credentials import child
from revue.media.ffmpeg.errors import MediaError
from revue.media.ffmpeg.sandbox import Job, run

LONGEST_STORE: Final = 262_144  # characters that are kept of everything a file says
LONGEST_ISSUER: Final = 200
_MARK = b"c2pa"  # every manifest store says so in plain letters, whatever the file around it
_AI_SOURCES = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
_TYPES = {"mov": "video/mp4", "jpeg_pipe": "image/jpeg", "png_pipe": "image/png", "webp_pipe": "image/webp"}
_log = logging.getLogger(__name__)


class State(enum.StrEnum):
    """How far credentials can be believed."""

    TRUSTED = "trusted"  # the file is as it was signed, by somebody on this instance's list
    VALID = "valid"  # the file is as it was signed; who signed it is on no list
    INVALID = "invalid"  # the file was changed afterwards, or the signature is none


@dataclasses.dataclass(frozen=True)
class Credentials:
    """What a file says about itself."""

    state: State
    issuer: str  # who signed, by their certificate; empty: it does not say
    made_with_ai: bool  # wholly or in part, as signed
    store: str  # everything, as JSON; personal: it may hold names and places


def read(path: pathlib.Path, demuxer: str, scratch: pathlib.Path, *, trust: pathlib.Path | None) -> Credentials | None:
    """The credentials of a file; None where it has none that can be read. Nothing is ever fetched from anywhere.

    Args:
        path: the file as it was sent.
        demuxer: ffmpeg's name for its container.
        scratch: the only folder that is written.
        trust: certificates in PEM of those whose signatures are trusted.
    """
    kind = _TYPES.get(demuxer)
    if kind is None or not _is_marked(path):
        return None
    out = scratch / child.OUT_FILE
    out.unlink(missing_ok=True)
    if trust is not None:
        (scratch / child.TRUST_FILE).write_bytes(trust.read_bytes())
    try:
        job = _job(path, scratch)
        run(job, ["-I", "-c", pathlib.Path(child.__file__).read_text(), job.source, kind])
        return _parsed(json.loads(out.read_text())) if out.exists() else None
    except (MediaError, ValueError, KeyError, TypeError, AttributeError) as error:
        _log.info("Credentials that cannot be read: %s", error)
        return None


def _job(path: pathlib.Path, scratch: pathlib.Path) -> Job:
    python = (pathlib.Path(sys.prefix), pathlib.Path(sys.base_prefix))
    binary = pathlib.Path(sys.executable)
    return Job(binary, path, scratch, cpu_seconds=60, wall_seconds=180, file_bytes=64_000_000, home=python)


def _is_marked(path: pathlib.Path) -> bool:
    with path.open("rb") as file:
        if not path.stat().st_size:
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return data.find(_MARK) >= 0


def _parsed(found: dict[str, Any]) -> Credentials:
    store = found["store"]
    active = store["manifests"][store["active_manifest"]]
    state = State(str(found["state"]).lower())
    return Credentials(
        state=state,
        issuer=str((active.get("signature_info") or {}).get("issuer") or "")[:LONGEST_ISSUER],
        made_with_ai=state is not State.INVALID and any(map(_tells_of_ai, store["manifests"].values())),
        store=json.dumps(store)[:LONGEST_STORE],
    )


def _tells_of_ai(manifest: dict[str, Any]) -> bool:
    """Whether one of the actions that made the file, or a part of it, was a model's."""
    actions = [
        action
        for assertion in manifest.get("assertions", [])
        if str(assertion.get("label", "")).startswith("c2pa.actions")
        for action in assertion.get("data", {}).get("actions", [])
    ]
    return any(str(action.get("digitalSourceType", "")).endswith(_AI_SOURCES) for action in actions)
