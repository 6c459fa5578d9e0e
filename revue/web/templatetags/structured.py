"""Filters for templates: data for machines, and where a video's page is."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from revue.videos.contracts import VideoCard
from revue.web import cards

register = template.Library()
# What would end the element, or begin a comment in it; as `json_script` does.
_ESCAPED = {ord(letter): f"\\u{ord(letter):04X}" for letter in "<>&"}


@register.filter
def linked_data(data: dict[str, Any]) -> str:
    """JSON-LD as a block of data: no browser runs it, so the content policy has nothing to allow."""
    text = json.dumps(data, ensure_ascii=True).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


@register.filter
def video_path(card: VideoCard) -> str:
    """Where a video's page is."""
    return cards.video_path(card.author.handle, card.id)
