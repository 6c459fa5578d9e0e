"""What an author is told at once about a video of theirs, shaped like the API's `VideoStatus`."""

from typing import Any

from revue.platform import bus, ids
from revue.videos.contracts import VideoStatus

LONGEST_TOLD = 1000  # letters of a caption; a message on the bus holds 7500 bytes


def state_changed(author_id: int, status: VideoStatus) -> None:
    """Tell the author's open pages."""
    bus.publish(f"person:{ids.to_short(author_id)}", "video.state", as_json(status))


def as_json(status: VideoStatus) -> dict[str, Any]:
    """A status as plain JSON values."""
    failure = status.failure
    return {
        "id": ids.to_short(status.id),
        "state": status.state.value,
        "progress": status.progress,
        "caption": status.caption[:LONGEST_TOLD],
        "visibility": status.visibility.value,
        "may_comment": status.may_comment,
        "made_at": status.made_at.isoformat().replace("+00:00", "Z"),
        "failure": failure and {"code": failure.code, "reason": failure.reason, "may_retry": failure.may_retry},
        "poster_url": status.poster_url,
        "thumbhash": status.thumbhash,
        "is_playable": status.is_playable,
    }
