"""A public video in schema.org's words (JSON-LD), for search engines."""

import datetime
from typing import Any

from django.utils.duration import duration_iso_string

from revue.feed.contracts import ShownVideo
from revue.web import cards

_NAME_LETTERS = 110


def video(shown: ShownVideo) -> dict[str, Any]:
    """The `VideoObject` of a video that everybody may watch; nothing here is for some ages only."""
    card = shown.card
    title = cards.title_of(card.caption, card.author.handle, letters=_NAME_LETTERS)
    files = cards.plain_files(card)
    page = cards.absolute(cards.video_path(card.author.handle, card.id))
    found = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "@id": page,
        "url": page,
        "name": title,
        "description": card.caption or title,
        "thumbnailUrl": [cards.absolute(card.poster_url)] if card.poster_url else None,
        "uploadDate": card.published_at.isoformat(timespec="seconds"),
        "duration": duration_iso_string(datetime.timedelta(milliseconds=card.duration_ms)),
        "width": card.width,
        "height": card.height,
        "contentUrl": cards.absolute(files[-1].url) if files else None,
        "embedUrl": cards.embed_url(card.id),
        "creator": _creator(shown),
        "keywords": ", ".join(card.tags) or None,
        "isFamilyFriendly": True,
        "interactionStatistic": [
            _counted("Like", shown.likes),
            _counted("Watch", shown.plays),
            _counted("Comment", shown.comments),
            _counted("Share", shown.shares),
        ],
    }
    return {name: value for name, value in found.items() if value is not None}


def _creator(shown: ShownVideo) -> dict[str, str]:
    author = shown.card.author
    return {
        "@type": "Person",
        "name": cards.name_of(author),
        "alternateName": f"@{author.handle}",
        "url": cards.absolute(cards.person_path(author.handle)),
    }


def _counted(action: str, count: int) -> dict[str, Any]:
    return {
        "@type": "InteractionCounter",
        "interactionType": {"@type": f"{action}Action"},
        "userInteractionCount": count,
    }
