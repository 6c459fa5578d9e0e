"""What may stand in a feed, and the words that say why."""

from revue.accounts.contracts import PersonCard
from revue.feed.contracts import Reason, ReasonCode
from revue.recommender.contracts import Why
from revue.videos.contracts import VideoCard, Visibility

_TEXTS = {
    Why.FRESH: "Fresh",
    Why.FINISHED: "People finish it",
    Why.FOLLOWED: "You follow @{handle}",
    Why.EXPLORE: "New to most people",
    Why.AGAIN: "You have seen it before",
    Why.CHANCE: "From everything here",
}


def may_be_listed(card: VideoCard) -> bool:
    """Whether a video the viewer may watch may also stand in a feed: unlisted and private ones may not."""
    return card.visibility is Visibility.EVERYONE


def reason(why: Why, author: PersonCard) -> Reason:
    """Why this video, in the ranker's true terms."""
    return Reason(ReasonCode(why.value), _TEXTS[why].format(handle=author.handle))
