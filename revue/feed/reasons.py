"""Why a video stands in a feed: the true terms of its score, in words and numbers."""

from collections.abc import Mapping
from typing import Any, Final

from revue.accounts.contracts import PersonCard
from revue.feed.contracts import Reason, ReasonTerm
from revue.recommender.contracts import Found, Pick, Why

_TEXTS: Final = {
    Why.TASTE: "Close to what you watch",
    Why.FRESH: "Fresh",
    Why.FINISHED: "People finish it",
    Why.FOLLOWED: "You follow @{handle}",
    Why.REPOSTED: "Reposted by {name}",
    Why.DIAL: "You want more of this topic",
    Why.TOGETHER: "Watched by people who watch the same as you",
    Why.MODEL: "Follows from what you watched lately",
    Why.ASKED: "To find out whether you like this kind",
    Why.EXPLORE: "New to most people",
    Why.AGAIN: "You have seen it before",
    Why.CHANCE: "From everything here",
}
_TERMS: Final = {
    "taste": "Close to what you watched for long",
    "finished": "People finish it",
    "fresh": "How new it is",
    "followed": "You follow its creator",
    "dial": "Your topic dials",
    "together": "People who watch the same as you watch it for long",
    "model": "What the sequence model expects you to do",
}
_FOUND: Final = {
    Found.NEAR: "among the kinds you watch for long",
    Found.ASKED: "among kinds you have not been shown yet",
    Found.MODEL: "among those that the sequence model finds nearest to you",
    Found.NEWEST: "among the newest",
    Found.BEST: "among what most people finish",
    Found.FOLLOWED: "among videos of people you follow",
    Found.BESIDE: "among what people watch who watch the same as you",
    Found.POOL: "among new videos that every viewer helps to judge",
    Found.EVERYTHING: "among everything here",
}


def kept(pick: Pick) -> dict[str, Any]:
    """What the event log keeps of a pick, so that its score can be computed again: see `told`."""
    return {
        "reason": pick.why.value,
        "found": pick.found.value,
        "explorer": pick.is_explorer,
        "score": round(pick.score, 6),
        "terms": {name: round(value, 6) for name, value in pick.terms},
        **({} if pick.weights is None else {"weights": pick.weights}),
    }


def told(detail: Mapping[str, Any], author: PersonCard) -> Reason:
    """What a viewer is told of a place that was served, from what the event log kept."""
    reason, terms = plain(Why(detail["reason"]), author), detail.get("terms", {})
    return Reason(
        code=reason.code,
        text=reason.text,
        terms=tuple(ReasonTerm(name, label, terms[name]) for name, label in _TERMS.items() if terms.get(name)),
        score=detail.get("score"),
        found=_FOUND[Found(detail["found"])] if "found" in detail else "",
        found_code=detail.get("found", ""),
        is_explorer=detail.get("explorer", False),
    )


def plain(why: Why, author: PersonCard) -> Reason:
    """A reason without numbers, of a feed that has none. `author`: whom it names, the reposter for instance."""
    return Reason(why, _TEXTS[why].format(handle=author.handle, name=author.name or f"@{author.handle}"))
