"""Following: everything by the people the viewer follows, newest first, nothing skipped but what they do not want."""

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.feed import lists, policy, reasons
from revue.feed.contracts import FeedEntry, FeedPage, Source
from revue.feed.cursors import ListPlace
from revue.recommender.contracts import Why
from revue.recommender.controls import Controls
from revue.social import queries as social
from revue.videos import queries as videos

MODEL_VERSION = "chronological-1"
_LIST = "following"


def page(viewer: Viewer, controls: Controls, *, cursor: str, limit: int) -> FeedPage:
    """The page at `cursor`.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id = person_id_of(viewer)
    people = social.followed_ids(person_id=person_id)
    place = ListPlace.read(cursor, _LIST)
    limit = min(limit, place.room(controls.most_videos))
    if not limit:
        return FeedPage((), None, MODEL_VERSION, onward_cursor=place.onward(_LIST))
    found, following_place = lists.walk(
        viewer,
        place,
        limit,
        lambda before, count: videos.ids_by_authors(people, follower_id=person_id, before=before, limit=count),
        lambda card: policy.may_stand(card, controls),
    )
    entries = tuple(
        FeedEntry(
            video=video,
            reason=reasons.plain(Why.FOLLOWED, video.card.author),
            source=Source.FOLLOWING,
            propensity=1.0,
            position=place.position + number,
        )
        for number, video in enumerate(found)
    )
    return FeedPage(entries, following_place.sign(_LIST) if following_place else None, MODEL_VERSION)
