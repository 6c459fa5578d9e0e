"""For You without a profile: the same bytes for everybody of a language.

Nothing here takes a viewer, so nothing of a viewer can be read: not what they watched, whom they follow or what they
have set. What a viewer has to do with the videos (likes, follows) is asked for apart; see decision 0089.
"""

from revue.accounts.contracts import VISITOR
from revue.feed import marks, policy, reasons
from revue.feed.contracts import FeedEntry, FeedPage, Source
from revue.feed.cursors import ChartPlace
from revue.recommender import chart
from revue.videos import queries as videos

MODEL_VERSION = "chart-1"


def page(*, locale: str, cursor: str, limit: int) -> FeedPage:
    """The page at `cursor`; three queries, and two more for the first one that asks in ten minutes.

    Raises:
        BadCursor: the cursor is not ours, belongs to another list, or is older than a day.
    """
    place = ChartPlace.read(cursor) if cursor else ChartPlace(chart.current_period(), locale, 0)
    while True:
        found, is_end = chart.places(period=place.period, locale=place.locale, first=place.position, count=limit)
        entries, place = _entries(place, found), place.after(len(found))
        if entries or is_end:
            return FeedPage(entries, None if is_end else place.sign(), MODEL_VERSION, is_personalised=False)


def _entries(place: ChartPlace, found: list[chart.Place]) -> tuple[FeedEntry, ...]:
    """What still may be shown of these places."""
    cards = videos.cards(viewer=VISITOR, video_ids=[video_id for video_id, _ in found])
    shown = marks.shown(VISITOR, {video_id: card for video_id, card in cards.items() if policy.may_be_listed(card)})
    return tuple(
        FeedEntry(
            video=shown[video_id],
            reason=reasons.plain(why, shown[video_id].card.author),
            source=Source.FORYOU,
            propensity=1.0,
            position=place.position + number,
        )
        for number, (video_id, why) in enumerate(found)
        if video_id in shown
    )
