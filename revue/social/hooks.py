"""Named points where apps above join in, registered in their `apps.py`. All are called inside the transaction.

Actions of this app say what happened by the functions at the end; `on_happened` and `on_undone` hear of it. Each is
said once: not again when somebody likes what they like already. Nobody is told of what they did themselves.
"""

import dataclasses
import enum
from collections.abc import Iterable
from typing import Protocol


class What(enum.StrEnum):
    """What one person did that another may want to know."""

    VIDEO_LIKED = "video_liked"
    VIDEO_REPOSTED = "video_reposted"
    COMMENTED = "commented"
    REPLIED = "replied"
    COMMENT_LIKED = "comment_liked"
    MENTIONED = "mentioned"
    FOLLOWED = "followed"
    FOLLOW_REQUESTED = "follow_requested"
    REQUEST_ACCEPTED = "request_accepted"


@dataclasses.dataclass(frozen=True, slots=True)
class Happening:
    """One person did something that concerns another."""

    what: What
    actor_id: int  # who did it
    person_id: int  # whom it concerns, never the same
    video_id: int | None = None
    comment_id: int | None = None
    is_answered: bool = False  # of what was undone: by the person whom it concerned


class Hear(Protocol):
    """Hears what happened."""

    def __call__(self, happening: Happening) -> None:
        """Follow it; an error here undoes it."""


class HearGone(Protocol):
    """Hears of a comment that is shown no more."""

    def __call__(self, *, comment_id: int) -> None:
        """Follow it; an error here undoes it."""


_happened: list[Hear] = []
_undone: list[Hear] = []
_comment_gone: list[HearGone] = []


def on_happened(hear: Hear) -> None:
    """Have `hear(happening)` called when somebody did something that concerns another."""
    if hear not in _happened:
        _happened.append(hear)


def on_undone(hear: Hear) -> None:
    """Have `hear(happening)` called when they took it back."""
    if hear not in _undone:
        _undone.append(hear)


def on_comment_gone(hear: HearGone) -> None:
    """Have `hear(comment_id=…)` called when a comment was deleted, or is hidden again."""
    if hear not in _comment_gone:
        _comment_gone.append(hear)


def video_liked(*, actor_id: int, author_id: int, video_id: int) -> None:
    """Say that somebody likes a video of another; `actions.like_video` calls it."""
    _say(_happened, What.VIDEO_LIKED, actor_id, [author_id], video_id)


def video_unliked(*, actor_id: int, author_id: int, video_id: int) -> None:
    """Say that somebody likes a video no more; `actions.unlike_video` calls it."""
    _say(_undone, What.VIDEO_LIKED, actor_id, [author_id], video_id)


def video_reposted(*, actor_id: int, author_id: int, video_id: int) -> None:
    """Say that somebody passed a video of another on; `actions.repost_video` calls it."""
    _say(_happened, What.VIDEO_REPOSTED, actor_id, [author_id], video_id)


def video_unreposted(*, actor_id: int, author_id: int, video_id: int) -> None:
    """Say that somebody has taken that back; `actions.unrepost_video` calls it."""
    _say(_undone, What.VIDEO_REPOSTED, actor_id, [author_id], video_id)


def commented(*, actor_id: int, author_id: int, video_id: int, comment_id: int) -> None:
    """Say that somebody commented on a video; called when others see it, at once or once it is approved.

    Who is mentioned in it and whom it answers is said before: nobody is told of one comment twice.
    """
    _say(_happened, What.COMMENTED, actor_id, [author_id], video_id, comment_id)


def replied(*, actor_id: int, person_id: int, video_id: int, comment_id: int) -> None:
    """Say that somebody answered a comment of `person_id`; called when others see it, before `commented`."""
    _say(_happened, What.REPLIED, actor_id, [person_id], video_id, comment_id)


def comment_gone(*, comment_id: int) -> None:
    """Say that a comment was deleted, or that others do not see it any more."""
    for hear in _comment_gone:
        hear(comment_id=comment_id)


def comment_liked(*, actor_id: int, author_id: int, video_id: int, comment_id: int) -> None:
    """Say that somebody likes a comment of `author_id`; the action that likes comments calls it."""
    _say(_happened, What.COMMENT_LIKED, actor_id, [author_id], video_id, comment_id)


def comment_unliked(*, actor_id: int, author_id: int, video_id: int, comment_id: int) -> None:
    """Say that somebody likes a comment no more."""
    _say(_undone, What.COMMENT_LIKED, actor_id, [author_id], video_id, comment_id)


def mentioned(*, actor_id: int, person_ids: Iterable[int], video_id: int, comment_id: int | None = None) -> None:
    """Say whom somebody named: in a comment, or without one in a video's caption. Before `replied` and `commented`.

    Only those who may be mentioned. Saying it of the same text again does no harm.
    """
    _say(_happened, What.MENTIONED, actor_id, person_ids, video_id, comment_id)


def followed(*, actor_id: int, person_id: int) -> None:
    """Say that somebody follows another; `actions.follow_person` calls it."""
    _say(_happened, What.FOLLOWED, actor_id, [person_id])


def unfollowed(*, actor_id: int, person_id: int) -> None:
    """Say that somebody follows another no more, whoever ended it."""
    _say(_undone, What.FOLLOWED, actor_id, [person_id])


def follow_requested(*, actor_id: int, person_id: int) -> None:
    """Say that somebody asks to follow a private account; the action that asks calls it."""
    _say(_happened, What.FOLLOW_REQUESTED, actor_id, [person_id])


def request_ended(*, actor_id: int, person_id: int, is_answered: bool) -> None:
    """Say that a request of `actor_id` was taken back, or that `person_id` has answered it: by yes, no or a block."""
    _say(_undone, What.FOLLOW_REQUESTED, actor_id, [person_id], is_answered=is_answered)


def request_accepted(*, actor_id: int, person_id: int) -> None:
    """Say that `actor_id` lets `person_id`, who had asked, follow them."""
    _say(_happened, What.REQUEST_ACCEPTED, actor_id, [person_id])


def _say(
    hearers: list[Hear],
    what: What,
    actor_id: int,
    person_ids: Iterable[int],
    video_id: int | None = None,
    comment_id: int | None = None,
    *,
    is_answered: bool = False,
) -> None:
    """In the order of ids, so that two who name the same people never wait for each other."""
    for person_id in sorted(set(person_ids) - {actor_id}):
        for hear in hearers:
            hear(Happening(what, actor_id, person_id, video_id, comment_id, is_answered))
