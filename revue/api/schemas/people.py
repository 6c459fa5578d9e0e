"""People as other people see them."""

from ninja import Schema

from revue.accounts.contracts import PersonCard
from revue.platform import ids


class Author(Schema):
    """A person beside a video or a comment."""

    id: str
    handle: str
    name: str
    avatar_url: str | None


def author(card: PersonCard) -> dict[str, str | None]:
    """An `Author` as a plain dict."""
    return {"id": ids.to_short(card.id), "handle": card.handle, "name": card.name, "avatar_url": card.avatar_url}
