"""What an author is told at once about a video of theirs, shaped like the API's `VideoStatus`."""

from revue.platform import bus, ids
from revue.videos import queries
from revue.videos.contracts import VideoStatus

LONGEST_TOLD = 1000  # letters of a caption; a message on the bus holds 7500 bytes


def state_changed(author_id: int, status: VideoStatus) -> None:
    """Tell the author's open pages."""
    told = queries.as_json(status)
    bus.publish(f"person:{ids.to_short(author_id)}", "video.state", {**told, "caption": status.caption[:LONGEST_TOLD]})


def audience_changed(video_id: int) -> None:
    """Whoever has a video open is asked anew whether they may."""
    bus.recheck(f"video:{ids.to_short(video_id)}")
