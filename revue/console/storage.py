"""The console's page about room: from rows alone, so it costs the same wherever the files lie."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard
from revue.media import queries as media
from revue.media.contracts import Totals, Usage
from revue.platform import storage

MOST_PEOPLE = 50
_UNITS = ("bytes", "kB", "MB", "GB", "TB")
_STEP = 1000


def page() -> dict[str, Any]:
    """What the template shows."""
    totals = media.totals()
    people = media.usage(limit=MOST_PEOPLE)
    cards = accounts.person_cards([one.owner_id for one in people])
    return {
        "totals": {"headers": ["What", "Room"], "rows": _totals(totals)},
        "free": _free(),
        "uncounted": totals.uncounted_clips,
        "people": {
            "headers": ["Person", "As sent", "Of their room", "Made of it", "Together"],
            "rows": [_person(one, cards.get(one.owner_id)) for one in people],
        },
    }


def _totals(totals: Totals) -> list[list[str]]:
    rows = {
        "Videos as they were sent": totals.videos_sent,
        "Photos as they were sent": totals.photos_sent,
        "Uploads in progress": totals.uploads,
        "Renditions": totals.renditions,
        "The same for HLS": totals.hls,
        "Photos as they are shown": totals.photos,
        "Sounds": totals.sounds,
        "Posters, previews and scrub pictures": totals.pictures,
        "Together": totals.sent_bytes + totals.made_bytes,
    }
    return [[name, size(count)] for name, count in rows.items()]


def _free() -> str:
    free = storage.free_bytes()
    if free is None:
        return f"In the bucket {settings.S3_BUCKET}, which does not say how much more it takes."
    return f"{size(free)} free on the disk."


def _person(one: Usage, card: PersonCard | None) -> list[str]:
    most = settings.MAX_PERSON_BYTES
    share = f"{100 * one.sent_bytes / most:.0f} % of {size(most)}" if most else "no limit"
    return [_link(one, card), size(one.sent_bytes), share, size(one.made_bytes), size(one.all_bytes)]


def _link(one: Usage, card: PersonCard | None) -> str:
    """A person's page in the console; their account may be closed."""
    address = reverse("admin:accounts_person_change", args=[one.owner_id])
    name = f"@{card.handle}" if card else "A closed account"
    return format_html('<a class="underline" href="{}">{}</a>', address, name)


def size(count: int) -> str:
    """A number of bytes in words: 12400000 → 12.4 MB."""
    step, rest = 0, float(count)
    while rest >= _STEP and step < len(_UNITS) - 1:
        step, rest = step + 1, rest / _STEP
    return f"{rest:.1f} {_UNITS[step]}" if step else f"{count} {_UNITS[0]}"
