"""Videos that were searched for, as lists show them: with their counts, the viewer's marks, and where the match is."""

from revue.accounts.contracts import Viewer
from revue.feed import marks, policy
from revue.feed.contracts import FoundPage, FoundVideo
from revue.search import queries as search
from revue.search.contracts import Filters, VideoHit
from revue.videos import queries as videos


def page(viewer: Viewer, *, q: str, filters: Filters, cursor: str = "", limit: int) -> FoundPage:
    """One page; what the viewer may not watch is passed over. Four SELECTs, five where nothing says all of it.

    Raises:
        SignInNeeded: a visitor asks for what they have watched or liked.
        BadCursor: the cursor is not ours, or belongs to another question.
    """
    found: list[FoundVideo] = []
    while True:
        hits = search.videos(viewer=viewer, q=q, filters=filters, cursor=cursor, limit=limit - len(found))
        found += _shown(viewer, hits.hits)
        if hits.next_cursor is None or len(found) == limit:
            return FoundPage(tuple(found), hits.next_cursor, hits.is_partial)
        cursor = hits.next_cursor


def _shown(viewer: Viewer, hits: tuple[VideoHit, ...]) -> list[FoundVideo]:
    cards = videos.cards(viewer=viewer, video_ids=[hit.video_id for hit in hits])
    shown = marks.shown(viewer, {video_id: card for video_id, card in cards.items() if policy.may_be_listed(card)})
    return [
        FoundVideo(shown[hit.video_id], search.caption_spans(shown[hit.video_id].card.caption, hit))
        for hit in hits
        if hit.video_id in shown
    ]
