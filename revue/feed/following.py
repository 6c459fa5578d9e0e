"""Following: everything that the people whom the viewer follows have posted or passed on, newest first.

Nothing is skipped but what the viewer does not want.
"""

import dataclasses

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.feed import followed, lists, policy, reasons
from revue.feed.contracts import FeedEntry, FeedPage, Repost, ShownVideo, Source
from revue.feed.cursors import Keyset, ListPlace
from revue.platform import ids
from revue.recommender.contracts import Why
from revue.recommender.controls import Controls
from revue.social import queries as social

MODEL_VERSION = "chronological-2"
_LIST = "following"


def page(viewer: Viewer, controls: Controls, *, cursor: str, limit: int) -> FeedPage:
    """The page at `cursor`.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id = person_id_of(viewer)
    people = social.followed_ids(person_id=person_id)
    place = ListPlace.read(cursor, _LIST)
    top = place.top or ids.new_id()
    place = dataclasses.replace(place, top=top)
    limit = min(limit, place.room(controls.most_videos))
    if not limit:
        return FeedPage((), None, MODEL_VERSION, onward_cursor=place.onward(_LIST))
    reposts: dict[int, Repost] = {}

    def read(before: Keyset | None, count: int) -> list[tuple[Keyset, int]]:
        lines = followed.lines(
            person_id, people=people, unwanted=controls.creators, top=top, before=before, limit=count
        )
        reposts.update((line.video_id, line.repost) for line in lines if line.repost)
        return [(line.place, line.video_id) for line in lines]

    found, following_place = lists.walk(viewer, place, limit, read, lambda card: policy.may_stand(card, controls))
    entries = tuple(
        _entry(video, place.position + number, reposts.get(video.card.id)) for number, video in enumerate(found)
    )
    return FeedPage(entries, following_place.sign(_LIST) if following_place else None, MODEL_VERSION)


def _entry(video: ShownVideo, position: int, repost: Repost | None) -> FeedEntry:
    reason = reasons.plain(Why.REPOSTED, repost.person) if repost else reasons.plain(Why.FOLLOWED, video.card.author)
    return FeedEntry(video, reason, Source.FOLLOWING, propensity=1.0, position=position, repost=repost)
