"""What people keep, and in which collections. Lists begin with what was kept last and go on before a row."""

from typing import Final

from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard, Viewer
from revue.platform import paging
from revue.platform.errors import NotFound
from revue.social.contracts import CollectionPage, CollectionView, ListedVideo
from revue.social.errors import CollectionNotFound
from revue.social.models import Collection, Save
from revue.social.queries.boundaries import is_apart
from revue.videos import policy as videos_policy
from revue.videos import queries as videos

# How many of its videos a viewer may watch, and which of these was put in last. `shown` says which collections.
_COLLECTIONS: Final = f"""
SELECT k.id, k.name, k.is_public, p.id, p.handle, p.name, p.avatar_key, count(v.id),
    (array_agg(v.id ORDER BY s.id DESC) FILTER (WHERE v.id IS NOT NULL))[1]
FROM social_collection AS k
JOIN accounts_person AS p ON p.id = k.owner_id AND p.is_active
LEFT JOIN social_save AS s ON s.collection_id = k.id
LEFT JOIN videos_video AS v ON v.id = s.video_id AND {videos_policy.WATCHABLE}
    AND (k.owner_id = %(viewer)s OR v.visibility = 'everyone')
    AND EXISTS (SELECT 1 FROM accounts_person AS a WHERE a.id = v.author_id AND a.is_active)
WHERE (k.owner_id = %(viewer)s OR (k.is_public AND {videos_policy.FINDS})) AND {{shown}}
GROUP BY k.id, p.id ORDER BY k.id DESC LIMIT %(limit)s
"""  # noqa: S608 - put together from constants
_OF_PERSON: Final = _COLLECTIONS.format(
    shown="k.owner_id = %(owner)s AND (%(before)s::bigint IS NULL OR k.id < %(before)s)"
)
_ONE: Final = _COLLECTIONS.format(shown="k.id = %(collection)s")


def saves_of(person_id: int, *, before: int | None, limit: int) -> list[ListedVideo]:
    """What a person keeps, in whatever collection; who may see that is the caller's business."""
    return _listed(before, limit, person_id=person_id)


def saves_in(collection_id: int, *, before: int | None, limit: int) -> list[ListedVideo]:
    """What lies in a collection; who may see that is the caller's business."""
    return _listed(before, limit, collection_id=collection_id)


def _listed(before: int | None, limit: int, **whose: int) -> list[ListedVideo]:
    found = Save.objects.filter(**whose)
    if before is not None:
        found = found.filter(pk__lt=before)
    return [ListedVideo(*row) for row in found.order_by("-pk").values_list("pk", "video_id")[:limit]]


def has_public_collections(person_id: int) -> bool:
    """Whether anybody may see one of a person's collections."""
    return Collection.objects.filter(owner_id=person_id, is_public=True).exists()


def collections(*, viewer: Viewer, handle: str, cursor: str = "", limit: int = 20) -> CollectionPage:
    """A person's collections, newest first; to others the public ones, of a private account to followers.

    Four SELECTs.

    Raises:
        NotFound: nobody has this handle, or a block is between the two.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    owner_id = accounts.person_ids([handle]).get(handle.lower())
    if owner_id is None or is_apart(viewer.person_id, [owner_id]):
        raise NotFound("There is nobody with this name.")
    kind = f"social.collections.{owner_id}"
    before = paging.read(kind, cursor)["b"] if cursor else None
    found = _views(viewer, _OF_PERSON, owner=owner_id, before=before, limit=limit + 1)
    next_cursor = paging.sign(kind, {"b": found[limit - 1].id}) if len(found) > limit else None
    return CollectionPage(tuple(found[:limit]), next_cursor)


def collection(*, viewer: Viewer, collection_id: int) -> CollectionView:
    """One collection. Two SELECTs.

    Raises:
        CollectionNotFound: it is not there, or not for this viewer.
    """
    found = _views(viewer, _ONE, collection=collection_id, limit=1)
    if not found:
        raise CollectionNotFound
    return found[0]


def _views(viewer: Viewer, statement: str, **values: int | None) -> list[CollectionView]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "viewer": viewer.person_id})
        rows = cursor.fetchall()
    cards = videos.cards(viewer=viewer, video_ids=[row[8] for row in rows if row[8] is not None])
    return [
        CollectionView(
            id=row[0],
            name=row[1],
            is_public=row[2],
            owner=PersonCard(row[3], row[4], row[5], accounts.avatar_url(row[6])),
            video_count=row[7],
            cover_url=cards[row[8]].poster_small_url if row[8] in cards else None,
            is_own=row[3] == viewer.person_id,
        )
        for row in rows
    ]
