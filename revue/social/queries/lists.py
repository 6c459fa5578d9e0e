"""Lists of people: who follows and is followed, who has asked to, and whom somebody keeps out."""

from typing import Any, Final

from django.db import connection, models
from django.db.models import Q

from revue.accounts import policy as accounts_policy
from revue.accounts import queries as accounts
from revue.accounts.contracts import Tie, Viewer
from revue.accounts.policy import person_id_of
from revue.platform import paging
from revue.platform.errors import NotFound
from revue.social.contracts import FollowList, Keeping, PeoplePage, PersonLine
from revue.social.errors import ListHidden
from revue.social.models import Block, Follow, FollowRequest, Mute, Restriction
from revue.social.queries.boundaries import is_apart, not_apart

_KEEPING: Final[dict[Keeping, tuple[models.Manager[Any], str, str]]] = {
    Keeping.BLOCKED: (Block.objects, "blocker", "blocked"),
    Keeping.MUTED: (Mute.objects, "muter", "muted"),
    Keeping.RESTRICTED: (Restriction.objects, "restricter", "restricted"),
}
_LISTS: Final = {FollowList.FOLLOWERS: ("followed", "follower"), FollowList.FOLLOWING: ("follower", "followed")}
_TIES = """
SELECT a.id,
    EXISTS (SELECT 1 FROM social_follow AS f WHERE f.follower_id = %(viewer)s AND f.followed_id = a.id),
    EXISTS (SELECT 1 FROM social_follow AS f WHERE f.follower_id = a.id AND f.followed_id = %(viewer)s),
    EXISTS (SELECT 1 FROM social_followrequest AS r WHERE r.asker_id = %(viewer)s AND r.asked_id = a.id)
FROM unnest(%(people)s::bigint[]) WITH ORDINALITY AS a (id, place) ORDER BY a.place
"""


def follow_list(
    *, viewer: Viewer, handle: str, which: FollowList, search: str = "", cursor: str = "", limit: int = 20
) -> PeoplePage:
    """Who follows a person, or whom they follow, the latest first.

    Args:
        viewer: who asks.
        handle: whose list.
        which: of the two.
        search: only people with this in their handle or name.
        cursor: `next_cursor` of the page before.
        limit: at most so many.

    Raises:
        NotFound: nobody has this handle, or a block is between the two.
        ListHidden: the person does not show the list to the viewer.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    person_id = accounts.person_ids([handle]).get(handle.lower())
    if person_id is None or is_apart(viewer.person_id, [person_id]):
        raise NotFound("There is nobody with this name.")
    privacy = accounts.privacy_of([person_id])[person_id]
    if not accounts_policy.may_see_follows(
        privacy.who_sees_lists, is_private=privacy.is_private, tie=tie(viewer=viewer, person_id=person_id)
    ):
        raise ListHidden
    whose, other = _LISTS[which]
    rows = Follow.objects.filter(**{f"{whose}_id": person_id})
    return _page(viewer, rows, other, name=f"{which}.{person_id}", search=search, cursor=cursor, limit=limit)


def kept(*, viewer: Viewer, keeping: Keeping, cursor: str = "", limit: int = 20) -> PeoplePage:
    """Whom the viewer has blocked, muted or restricted, the latest first.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    everybodys, whose, other = _KEEPING[keeping]
    rows = everybodys.filter(**{f"{whose}_id": person_id_of(viewer)})
    return _page(viewer, rows, other, name=f"{keeping}.{viewer.person_id}", cursor=cursor, limit=limit, is_apart=True)


def follow_requests(*, viewer: Viewer, cursor: str = "", limit: int = 20) -> PeoplePage:
    """Who has asked to follow the viewer, the latest first.

    Raises:
        SignInNeeded: the viewer is a visitor.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    rows = FollowRequest.objects.filter(asked_id=person_id_of(viewer))
    return _page(viewer, rows, "asker", name=f"requests.{viewer.person_id}", cursor=cursor, limit=limit)


def tie(*, viewer: Viewer, person_id: int) -> Tie:
    """How near the viewer is to a person; one SELECT at most."""
    if viewer.person_id is None:
        return Tie.NONE
    if viewer.person_id == person_id:
        return Tie.SELF
    _, follows, is_followed, _ = _ties(viewer, [person_id])[0]
    if not follows:
        return Tie.NONE
    return Tie.FRIEND if is_followed else Tie.FOLLOWER


def may_see_videos(*, viewer: Viewer, person_id: int) -> bool:
    """Whether the viewer finds what a person posts and passes on; blocks are not asked. At most two SELECTs."""
    privacy = accounts.privacy_of([person_id]).get(person_id)
    return privacy is not None and accounts_policy.may_see_videos(
        is_private=privacy.is_private, tie=tie(viewer=viewer, person_id=person_id)
    )


def _page(
    viewer: Viewer,
    rows: "models.QuerySet[Any]",
    other: str,
    *,
    name: str,
    cursor: str,
    limit: int,
    search: str = "",
    is_apart: bool = False,
) -> PeoplePage:
    """A page of the people at the `other` end of rows; three SELECTs. `is_apart`: blocks leave nobody out."""
    kind = f"social.{name}.{search}"
    found = rows.filter(**{f"{other}__is_active": True})
    if search:
        found = found.filter(Q(**{f"{other}__handle__icontains": search}) | Q(**{f"{other}__name__icontains": search}))
    if not is_apart:
        found = found.filter(not_apart(viewer.person_id, f"{other}_id"))
    if cursor:
        found = found.filter(pk__lt=paging.read(kind, cursor)["id"])
    pairs = list(found.order_by("-pk").values_list("pk", f"{other}_id")[: limit + 1])
    more = paging.sign(kind, {"id": pairs[limit - 1][0]}) if len(pairs) > limit else None
    return PeoplePage(_lines(viewer, [person_id for _, person_id in pairs[:limit]]), more)


def _lines(viewer: Viewer, person_ids: list[int]) -> tuple[PersonLine, ...]:
    cards = accounts.person_cards(person_ids)
    return tuple(
        PersonLine(cards[one], is_followed, is_follower, is_requested, is_self=one == viewer.person_id)
        for one, is_followed, is_follower, is_requested in _ties(viewer, person_ids)
        if one in cards
    )


def _ties(viewer: Viewer, person_ids: list[int]) -> list[tuple[int, bool, bool, bool]]:
    """(person, whether the viewer follows them, whether they follow the viewer, whether the viewer has asked to)."""
    if not person_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TIES, {"viewer": viewer.person_id, "people": person_ids})
        return list(cursor.fetchall())
