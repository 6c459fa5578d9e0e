"""Lists of what somebody likes, keeps or passes on: the latest first."""

from collections.abc import Callable, Sequence

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.feed import lists, policy
from revue.feed.contracts import Repost, VideoPage
from revue.feed.cursors import Keyset
from revue.platform.errors import NotFound
from revue.social import policy as social_policy
from revue.social import queries as social
from revue.social.contracts import ListedVideo, PersonList
from revue.social.errors import ListHidden
from revue.videos.contracts import VideoCard


def likes(viewer: Viewer, *, handle: str, cursor: str = "", limit: int = 20) -> VideoPage:
    """What a person likes.

    Raises:
        NotFound: nobody has this handle, or a block is between the two.
        ListHidden: they keep it to themselves.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    person_id = _whose(viewer, handle, PersonList.LIKES)
    return _page(
        viewer,
        f"likes:{person_id}",
        lambda before, count: social.likes_of(person_id, before=before, limit=count),
        owner_id=person_id,
        cursor=cursor,
        limit=limit,
    )


def saves(viewer: Viewer, *, handle: str, cursor: str = "", limit: int = 20) -> VideoPage:
    """What a person keeps, in whatever collection.

    Raises:
        NotFound: nobody has this handle, or a block is between the two.
        ListHidden: they keep it to themselves.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    person_id = _whose(viewer, handle, PersonList.SAVES)
    return _page(
        viewer,
        f"saves:{person_id}",
        lambda before, count: social.saves_of(person_id, before=before, limit=count),
        owner_id=person_id,
        cursor=cursor,
        limit=limit,
    )


def collected(viewer: Viewer, *, collection_id: int, cursor: str = "", limit: int = 20) -> VideoPage:
    """What lies in a collection.

    Raises:
        CollectionNotFound: it is not there, or not for this viewer.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    found = social.collection(viewer=viewer, collection_id=collection_id)
    return _page(
        viewer,
        f"collection:{collection_id}",
        lambda before, count: social.saves_in(collection_id, before=before, limit=count),
        owner_id=found.owner.id,
        cursor=cursor,
        limit=limit,
    )


def reposts(viewer: Viewer, *, handle: str, cursor: str = "", limit: int = 20) -> VideoPage:
    """What a person has passed on, as long as everybody may watch it.

    Raises:
        NotFound: nobody has this handle, or a block is between the two.
        ListHidden: their account is private, and the viewer does not follow them.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    person_id = _whose(viewer, handle, PersonList.REPOSTS)
    person, told = accounts.person_cards([person_id])[person_id], dict[int, Repost]()

    def read(before: Keyset | None, count: int) -> Sequence[tuple[Keyset, int]]:
        lines = social.reposts_of(person_id, before=before, limit=count)
        told.update({line.video_id: Repost(person, line.note, line.made_at) for line in lines})
        return [(line.id, line.video_id) for line in lines]

    page = lists.page_of_rows(
        viewer,
        name=f"reposts:{person_id}",
        cursor=cursor,
        limit=limit,
        read=read,
        may_stand=policy.may_be_listed,
    )
    return VideoPage(page.videos, page.next_cursor, reposts=told)


def _whose(viewer: Viewer, handle: str, which: PersonList) -> int:
    person_id = accounts.person_ids([handle]).get(handle.lower())
    if person_id is None or social.is_apart(viewer.person_id, [person_id]):
        raise NotFound("There is nobody with this name.")
    may_see_videos = social.may_see_videos(viewer=viewer, person_id=person_id)
    if not social_policy.may_see_list(viewer, person_id=person_id, which=which, may_see_videos=may_see_videos):
        raise ListHidden
    return person_id


def _page(
    viewer: Viewer,
    name: str,
    read: Callable[[Keyset | None, int], Sequence[ListedVideo]],
    *,
    owner_id: int,
    cursor: str,
    limit: int,
) -> VideoPage:
    """To others only what stands in lists: what has only a link stays with those who were given it."""

    def may_stand(card: VideoCard) -> bool:
        return viewer.person_id == owner_id or policy.may_be_listed(card)

    return lists.page_of_rows(
        viewer,
        name=name,
        cursor=cursor,
        limit=limit,
        read=lambda before, count: [(row.id, row.video_id) for row in read(before, count)],
        may_stand=may_stand,
    )
