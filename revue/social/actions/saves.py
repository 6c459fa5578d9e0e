"""Keep videos for oneself, in collections or in none."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.platform import limits
from revue.social.contracts import SaveState
from revue.social.errors import CollectionNotFound, NotSaved
from revue.social.models import Collection, Save
from revue.videos import queries as videos
from revue.videos.contracts import Outcome

CHANGES_PER_MINUTE: Final = 120
MOST_AT_ONCE: Final = 100  # saves that one call moves


@transaction.atomic
def save_video(*, viewer: Viewer, video_id: int) -> SaveState:
    """Keep a video, in no collection; what is kept already stays where it lies.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        RateLimited: too many changes in a minute.
    """
    person_id = _hold(viewer, video_id)
    made = Save.objects.bulk_create(
        [Save(person_id=person_id, video_id=video_id)],
        update_conflicts=True,  # the older row stays as it is, under its own id, and is locked
        unique_fields=["person", "video"],
        update_fields=["person"],
    )
    kept = Save.objects.get(person_id=person_id, video_id=video_id)
    saves, _ = events.add_kept(video_id=video_id, saves=int(kept.pk == made[0].pk))
    return SaveState(saved=True, save_count=saves, collection_id=kept.collection_id)


@transaction.atomic
def unsave_video(*, viewer: Viewer, video_id: int) -> SaveState:
    """Keep a video no longer, wherever it lies; what is not kept stays so.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        RateLimited: too many changes in a minute.
    """
    person_id = _hold(viewer, video_id)
    removed, _ = Save.objects.filter(person_id=person_id, video_id=video_id).delete()
    saves, _ = events.add_kept(video_id=video_id, saves=-removed)
    return SaveState(saved=False, save_count=saves, collection_id=None)


def _hold(viewer: Viewer, video_id: int) -> int:
    """Who asks, after the rate limit; the video stays until the transaction ends."""
    person_id = person_id_of(viewer)
    limits.check("save", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    videos.card(viewer=viewer, video_id=video_id)
    events.hold_video(video_id=video_id)
    return person_id


@transaction.atomic
def move_saves(*, viewer: Viewer, video_ids: Sequence[int], collection_id: int | None) -> list[Outcome]:
    """Put videos that the viewer keeps into one of their collections; again is the same.

    Args:
        viewer: who asks.
        video_ids: which; at most `MOST_AT_ONCE`.
        collection_id: where to; None: into no collection.

    Returns:
        What became of each, once, in the order given: those that are not kept refuse.

    Raises:
        SignInNeeded: the viewer is a visitor.
        CollectionNotFound: it is not there, or not theirs.
    """
    person_id = person_id_of(viewer)
    if collection_id is not None:
        own_collection(person_id, collection_id)
    # One order of locks, so that two calls never wait for each other in a circle.
    rows = Save.objects.select_for_update().filter(person_id=person_id, video_id__in=video_ids).order_by("pk")
    kept = dict(rows.values_list("video_id", "pk"))
    Save.objects.filter(pk__in=kept.values()).update(collection_id=collection_id)
    wanted = dict.fromkeys(video_ids)
    return [Outcome(video_id, None if video_id in kept else NotSaved()) for video_id in wanted]


def own_collection(person_id: int, collection_id: int) -> Collection:
    """One of a person's collections, locked until the transaction ends.

    Raises:
        CollectionNotFound: it is not there, or not theirs.
    """
    found = Collection.objects.select_for_update().filter(pk=collection_id, owner_id=person_id).first()
    if found is None:
        raise CollectionNotFound
    return found
