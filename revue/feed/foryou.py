"""For You: one page of a session that never shows a video twice.

What a session was served stands in the event log, one row per place. A page is made by whoever fills its places
first; asking for the same cursor again gives the same page.
"""

from django.db import IntegrityError

from revue.accounts.contracts import VISITOR, Viewer
from revue.events import actions as event_log
from revue.events import queries as events
from revue.events.contracts import Served
from revue.feed import marks, policy, reasons
from revue.feed.contracts import FeedEntry, FeedPage, Source
from revue.feed.cursors import LONGEST_SESSION, Place, place_of
from revue.recommender import queries as recommender
from revue.recommender.controls import Controls
from revue.recommender.queries import Memory
from revue.videos import queries as videos
from revue.videos.contracts import VideoCard

_TRIES = 6  # how often videos that vanished, or that the viewer does not want, are replaced on one page


def page(
    viewer: Viewer, controls: Controls, *, cursor: str, limit: int, again_from: int | None = None, untaken: int = 0
) -> FeedPage:
    """The page at `cursor`; at most 4 queries, with what was served appended in one of them.

    With `again_from` the page begins at that earlier place of the session: what was served there and behind it, and
    not come to, is ranked anew by what the viewer did meanwhile. Such a page comes too late for a viewer who has swiped
    on: `untaken` tells of how many with this cursor that is true, so that what they held counts as not served.

    More queries only where videos vanished meanwhile, or where the viewer does not want what would stand on it.
    """
    place = place_of(cursor).without(untaken)
    if again_from is not None:
        place = place.again_from(again_from)
    limit = min(limit, place.room(controls.most_videos))
    if not limit:
        return FeedPage((), None, recommender.MODEL_VERSION, onward_cursor=place.onward())
    remembered = recommender.recall(
        viewer=viewer,
        session=place.session,
        day=place.day,
        position=place.position,
        round_=place.round,
        untaken=place.untaken,
    )
    if remembered.is_filled:
        return _again(viewer, controls, place, limit)
    if remembered.served_count < place.position or place.position >= LONGEST_SESSION:
        return _page(place, (), is_end=True)
    try:
        return _new(viewer, controls, place, remembered, limit)
    except IntegrityError:  # another request for this very page was first: its page is the page
        return _again(viewer, controls, place, limit)


def _new(viewer: Viewer, controls: Controls, place: Place, remembered: Memory, limit: int) -> FeedPage:
    """Rank, look up, append what is served: under nobody's name while the viewer's history is paused."""
    served, cards, is_end = _chosen(viewer, controls, place, remembered, limit)
    if served:
        event_log.record_served(
            viewer=VISITOR if controls.is_history_paused else viewer,
            session=place.session,
            started_ms=place.started_ms,
            source=Source.FORYOU.value,
            model_version=recommender.MODEL_VERSION,
            items=served,
            round_=place.round,
        )
    return _page(place, _entries(viewer, served, cards), is_end=is_end)


def _chosen(
    viewer: Viewer, controls: Controls, place: Place, remembered: Memory, limit: int
) -> tuple[list[Served], dict[int, VideoCard], bool]:
    """What stands on the page, the cards of it, and whether nothing comes after it.

    What may not stand is asked for no more, and twice as much is asked for: who wants little of what is here still
    gets a whole page.
    """
    gone: frozenset[int] = frozenset()
    for number in range(_TRIES):
        asked = (limit + 1) << number  # one more than shown, to tell the end truly
        picks = recommender.rank(remembered, controls, seed=place.session_id, count=asked, gone=gone)
        cards = _listed(viewer, controls, [pick.video_id for pick in picks])
        missing = {pick.video_id for pick in picks} - cards.keys()
        if not missing:
            break
        gone |= missing
    standing = [pick for pick in picks if pick.video_id in cards]
    served = [
        Served(place.position + number, pick.video_id, pick.propensity, reasons.kept(pick))
        for number, pick in enumerate(standing[:limit])
    ]
    return served, cards, not standing or (len(standing) <= limit and len(picks) < asked)


def _again(viewer: Viewer, controls: Controls, place: Place, limit: int) -> FeedPage:
    """A page that was served before, less what has vanished since, or is wanted no more."""
    rows = events.served(session=place.session, day=place.day, first=place.position, limit=limit, round_=place.round)
    cards = _listed(viewer, controls, [row.video_id for row in rows])
    entries = _entries(viewer, [row for row in rows if row.video_id in cards], cards)
    return _page(place, entries, is_end=False, filled=len(rows))


def _listed(viewer: Viewer, controls: Controls, video_ids: list[int]) -> dict[int, VideoCard]:
    cards = videos.cards(viewer=viewer, video_ids=video_ids)
    return {
        video_id: card
        for video_id, card in cards.items()
        if policy.may_be_listed(card) and policy.may_stand(card, controls)
    }


def _entries(viewer: Viewer, served: list[Served], cards: dict[int, VideoCard]) -> tuple[FeedEntry, ...]:
    shown = marks.shown(viewer, {item.video_id: cards[item.video_id] for item in served})
    return tuple(
        FeedEntry(
            video=shown[item.video_id],
            reason=reasons.told(item.detail, cards[item.video_id].author),
            source=Source.FORYOU,
            propensity=item.propensity,
            position=item.position,
        )
        for item in served
    )


def _page(place: Place, entries: tuple[FeedEntry, ...], *, is_end: bool, filled: int | None = None) -> FeedPage:
    count = len(entries) if filled is None else filled
    return FeedPage(entries, None if is_end else place.after(count), recommender.MODEL_VERSION)
