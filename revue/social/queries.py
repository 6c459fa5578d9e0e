"""Reads of follows, likes and comments."""

import datetime
from collections.abc import Collection
from typing import Final

from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import ids, paging
from revue.social import policy
from revue.social.contracts import CommentPage, CommentView, PersonCounts, PersonPage, SuggestedPerson
from revue.social.models import Comment, Follow, Like
from revue.videos import queries as videos

MOST_SUGGESTED: Final = 8
_PERSON_COUNTS = """
SELECT
    (SELECT count(*) FROM social_follow AS f JOIN accounts_person AS p ON p.id = f.follower_id AND p.is_active
        WHERE f.followed_id = %(person)s),
    (SELECT count(*) FROM social_follow AS f JOIN accounts_person AS p ON p.id = f.followed_id AND p.is_active
        WHERE f.follower_id = %(person)s),
    count(*), coalesce(sum(c.likes), 0)::bigint
FROM videos_video AS v LEFT JOIN events_videocounts AS c ON c.video_id = v.id
WHERE v.author_id = %(person)s AND v.state = 'published' AND v.visibility = 'everyone'
"""


def comments(*, viewer: Viewer, video_id: int, cursor: str = "", limit: int = 20) -> CommentPage:
    """What people say under a video, newest first.

    Raises:
        NotFound: the viewer may not watch the video.
        BadCursor: the cursor is not ours or belongs to another video.
    """
    card = videos.card(viewer=viewer, video_id=video_id)
    kind = f"social.comments.{video_id}"
    rows = Comment.objects.filter(video_id=video_id, deleted_at=None).order_by("-id")
    if cursor:
        rows = rows.filter(id__lt=paging.read(kind, cursor)["id"])
    found = list(rows[: limit + 1])
    views = _views(found[:limit], viewer=viewer, video_author_id=card.author.id)
    more = len(found) > limit
    return CommentPage(views, paging.sign(kind, {"id": found[limit - 1].id}) if more else None)


def followed_ids(*, person_id: int) -> list[int]:
    """Whom a person follows."""
    return list(Follow.objects.filter(follower_id=person_id).values_list("followed_id", flat=True))


def is_following(*, viewer: Viewer, person_id: int) -> bool:
    """Whether the viewer follows a person."""
    return viewer.is_signed_in and Follow.objects.filter(follower_id=viewer.person_id, followed_id=person_id).exists()


def is_followed_by(*, viewer: Viewer, person_id: int) -> bool:
    """Whether a person follows the viewer."""
    return viewer.is_signed_in and Follow.objects.filter(follower_id=person_id, followed_id=viewer.person_id).exists()


def follows_topic(person_id: int) -> str:
    """The live topic that streams of videos for followers have beside theirs: it tells when a follow ends."""
    return f"follows:{ids.to_short(person_id)}"


def person_page(*, viewer: Viewer, handle: str) -> PersonPage:
    """A person's profile with its numbers.

    Raises:
        NotFound: nobody has this handle.
    """
    profile = accounts.profile(viewer=viewer, handle=handle)
    return PersonPage(
        profile=profile,
        counts=person_counts(person_id=profile.id),
        is_followed=is_following(viewer=viewer, person_id=profile.id),
        is_follower=is_followed_by(viewer=viewer, person_id=profile.id),
    )


def people_beginning(*, viewer: Viewer, prefix: str, limit: int = MOST_SUGGESTED) -> list[SuggestedPerson]:
    """People to name whose handle or name begins so, whom the viewer follows first; never the viewer. Three SELECTs.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    person_id = person_id_of(viewer)
    followed = accounts.people_beginning(prefix, limit=limit, among=followed_ids(person_id=person_id))
    known = [person_id, *(card.id for card in followed)]
    others = accounts.people_beginning(prefix, limit=limit - len(followed), but=known)
    return [SuggestedPerson(card, card in followed) for card in (*followed, *others)]


def person_counts(*, person_id: int) -> PersonCounts:
    """Followers, followed, public videos and likes on them; one SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_PERSON_COUNTS, {"person": person_id})
        return PersonCounts(*cursor.fetchone())


def liked_ids(*, viewer: Viewer, video_ids: Collection[int]) -> set[int]:
    """Those of `video_ids` that the viewer likes."""
    if viewer.person_id is None:
        return set()
    rows = Like.objects.filter(person_id=viewer.person_id, video_id__in=set(video_ids))
    return set(rows.values_list("video_id", flat=True))


def commented_at(*, person_id: int) -> list[tuple[int, datetime.datetime, str]]:
    """(video, time, text) of a person's own comments, for the copy of their data."""
    rows = Comment.objects.filter(author_id=person_id, deleted_at=None).order_by("id")
    return list(rows.values_list("video_id", "made_at", "text"))


def _views(found: list[Comment], *, viewer: Viewer, video_author_id: int) -> tuple[CommentView, ...]:
    """The comments of active people, as the viewer sees them."""
    cards = accounts.person_cards({comment.author_id for comment in found})
    return tuple(
        CommentView(
            id=comment.id,
            video_id=comment.video_id,
            author=cards[comment.author_id],
            text=comment.text,
            made_at=comment.made_at,
            may_delete=policy.may_delete_comment(viewer, author_id=comment.author_id, video_author_id=video_author_id),
        )
        for comment in found
        if comment.author_id in cards
    )
