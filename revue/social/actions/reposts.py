"""Pass a video on to one's followers, and take it back."""

from typing import Final

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.platform import limits
from revue.social import hooks, policy
from revue.social.contracts import RepostState
from revue.social.errors import MayNotRepost
from revue.social.models import Repost
from revue.videos import queries as videos
from revue.videos.contracts import VideoCard

CHANGES_PER_MINUTE: Final = 30


@transaction.atomic
def repost_video(*, viewer: Viewer, video_id: int, note: str = "") -> RepostState:
    """Pass a video on, with a note; again only changes the note, and not the place in anybody's feed.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        MayNotRepost: it is their own, or not for everybody.
        BadNote: the note is too long.
        RateLimited: too many changes in a minute.
    """
    clean = policy.clean_note(note)
    person_id, card = _hold(viewer, video_id)
    if not policy.may_repost(viewer, card):
        raise MayNotRepost
    made = Repost.objects.bulk_create(
        [Repost(person_id=person_id, video_id=video_id, note=clean)],
        update_conflicts=True,
        unique_fields=["person", "video"],
        update_fields=["note"],
    )
    is_new = Repost.objects.filter(pk=made[0].pk).exists()  # on a conflict the older row stays, under its own id
    _, reposts = events.add_kept(video_id=video_id, reposts=int(is_new))
    if is_new:
        hooks.video_reposted(actor_id=person_id, author_id=card.author_id, video_id=video_id)
    return RepostState(reposted=True, repost_count=reposts)


@transaction.atomic
def unrepost_video(*, viewer: Viewer, video_id: int) -> RepostState:
    """Take a repost back: it stands in nobody's feed any more. Without one nothing changes.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        RateLimited: too many changes in a minute.
    """
    person_id, card = _hold(viewer, video_id)
    removed, _ = Repost.objects.filter(person_id=person_id, video_id=video_id).delete()
    _, reposts = events.add_kept(video_id=video_id, reposts=-removed)
    if removed:
        hooks.video_unreposted(actor_id=person_id, author_id=card.author_id, video_id=video_id)
    return RepostState(reposted=False, repost_count=reposts)


def _hold(viewer: Viewer, video_id: int) -> tuple[int, VideoCard]:
    """Who asks, and the video, which stays until the transaction ends; after the rate limit."""
    person_id = person_id_of(viewer)
    limits.check("repost", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    card = videos.card(viewer=viewer, video_id=video_id)
    events.hold_video(video_id=video_id)
    return person_id, card
