"""The same change to several of one's own videos: each by itself, so that one that refuses holds up no other."""

from collections.abc import Callable, Sequence
from typing import Final

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform.errors import RevueError
from revue.videos.actions.bin import delete_video, erase_video, restore_video
from revue.videos.actions.edit import edit_video
from revue.videos.contracts import Bulk, Commenters, Outcome, Visibility

_MOVES: Final[dict[Bulk, Callable[..., None]]] = {
    Bulk.DELETE: delete_video,
    Bulk.RESTORE: restore_video,
    Bulk.ERASE: erase_video,
}


def change_videos(
    *,
    viewer: Viewer,
    video_ids: Sequence[int],
    change: Bulk,
    visibility: Visibility | None = None,
    commenters: Commenters | None = None,
) -> list[Outcome]:
    """Change several of the viewer's own videos, in the order given; again is the same.

    Args:
        viewer: who asks.
        video_ids: which, each once; at most `policy.MOST_AT_ONCE`.
        change: what is done.
        visibility: with AUDIENCE, who may watch.
        commenters: with COMMENTS, who may.

    Returns:
        What became of each, in that order: those that refuse say why and are as they were.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id_of(viewer)

    def apply(video_id: int) -> None:
        if change in _MOVES:
            _MOVES[change](viewer=viewer, video_id=video_id)
        elif change is Bulk.AUDIENCE:
            edit_video(viewer=viewer, video_id=video_id, visibility=visibility)
        else:
            edit_video(viewer=viewer, video_id=video_id, commenters=commenters)

    return [_outcome(apply, video_id) for video_id in dict.fromkeys(video_ids)]


def _outcome(apply: Callable[[int], None], video_id: int) -> Outcome:
    try:
        apply(video_id)
    except RevueError as error:
        return Outcome(video_id, error)
    return Outcome(video_id)
