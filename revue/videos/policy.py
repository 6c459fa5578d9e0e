"""Who may watch a video, and whose it is."""

import datetime
from typing import Final, Protocol

from django.conf import settings
from django.db.models import Q

from revue.accounts.contracts import Circle, Viewer
from revue.videos.contracts import Commenters, Show, Ties, VideoState, Visibility

OPEN: Final = (Visibility.EVERYONE.value, Visibility.UNLISTED.value)  # whoever has the address may watch
_LISTED_TO_FOLLOWERS: Final = (Visibility.EVERYONE.value, Visibility.FOLLOWERS.value)
_BY_FOLLOWS: Final = (Visibility.FOLLOWERS, Visibility.FRIENDS)  # who may watch these changes with every follow
_NARROWED: Final = (Visibility.EVERYONE, Visibility.UNLISTED)  # … and these are for followers of a private account
# Those who have blocked the parameter `viewer`, or whom they have blocked; see `social.queries.is_apart`.
APART: Final = """(
    SELECT b.blocked_id FROM social_block AS b WHERE b.blocker_id = %(viewer)s
    UNION ALL SELECT b.blocker_id FROM social_block AS b WHERE b.blocked_id = %(viewer)s
)"""
_FOLLOWS: Final = """EXISTS (
    SELECT 1 FROM social_follow AS w WHERE w.follower_id = %(viewer)s AND w.followed_id = {person}
)"""
_FOLLOWED: Final = """EXISTS (
    SELECT 1 FROM social_follow AS w WHERE w.follower_id = {person} AND w.followed_id = %(viewer)s
)"""
# The same question as `may_watch` for the database, of a video `v` and the parameter `viewer` (null: a visitor).
# It looks into tables of `social`, which lies above: decisions 0075 and 0104.
WATCHABLE = f"""(
    v.state = '{VideoState.PUBLISHED.value}'
    AND (
        v.visibility IN {OPEN} OR v.author_id = %(viewer)s
        OR (v.visibility IN {tuple(one.value for one in _BY_FOLLOWS)} AND {_FOLLOWS.format(person="v.author_id")}
            AND (v.visibility = '{Visibility.FOLLOWERS.value}' OR {_FOLLOWED.format(person="v.author_id")}))
    )
    AND v.author_id NOT IN {APART}
)"""
# What stands in the lists of one who follows its author, likewise; and what stands in everyone's.
LISTED_TO_FOLLOWER = f"""(
    v.state = '{VideoState.PUBLISHED.value}' AND v.chosen_visibility <> '{Visibility.UNLISTED.value}'
    AND (v.visibility IN {_LISTED_TO_FOLLOWERS}
        OR (v.visibility = '{Visibility.FRIENDS.value}' AND {_FOLLOWED.format(person="v.author_id")}))
    AND v.author_id NOT IN {APART}
)"""
LISTED = f"(v.state = '{VideoState.PUBLISHED.value}' AND v.visibility = '{Visibility.EVERYONE.value}')"
_NOT_OUT: Final = (VideoState.SCHEDULED.value, VideoState.PROCESSING.value)
_OUT: Final = f"v.state = '{VideoState.PUBLISHED.value}'"
# Which of an author's own videos they see under each heading, of a video `v`.
SHOWN_AS: Final = {
    Show.ALL: f"v.state <> '{VideoState.BINNED.value}'",
    Show.PUBLIC: f"({_OUT} AND v.visibility = '{Visibility.EVERYONE.value}')",
    Show.PRIVATE: f"({_OUT} AND v.visibility <> '{Visibility.EVERYONE.value}')",
    # What is still being made belongs there as well, once a time is set.
    Show.SCHEDULED: f"(v.publish_at IS NOT NULL AND v.state IN {_NOT_OUT})",
    Show.FAILED: f"v.state IN {(VideoState.FAILED.value, VideoState.REMOVED.value)}",
    Show.BIN: f"v.state = '{VideoState.BINNED.value}'",
}
REPLACEABLE_FOR: Final = datetime.timedelta(hours=24)
TELLS_GONE_FOR: Final = datetime.timedelta(days=180)  # search engines have asked again by then
SOONEST: Final = datetime.timedelta(minutes=15)  # from now until a video may go out by itself
LATEST: Final = datetime.timedelta(days=30)
MOST_FORMER: Final = 50  # captions that a video is known to have had; older ones are forgotten
MOST_AT_ONCE: Final = 100  # videos that one call changes
KEEPS_PLAYING_FOR: Final = datetime.timedelta(minutes=15)  # on pages that were open when a clip was replaced


def lets(column: str) -> str:
    """`accounts.policy.lets` for the database: whether a person `p` lets the parameter `viewer` do something.

    Args:
        column: of `accounts_person`, a `Circle`.
    """
    return f"""(
        p.{column} = '{Circle.EVERYONE.value}' OR p.id IS NOT DISTINCT FROM %(viewer)s::bigint
        OR (p.{column} IN ('{Circle.FOLLOWERS.value}', '{Circle.FRIENDS.value}') AND {_FOLLOWS.format(person="p.id")}
            AND (p.{column} = '{Circle.FOLLOWERS.value}' OR {_FOLLOWED.format(person="p.id")}))
    )"""


def may_yet(column: str) -> str:
    """The same where visitors are let go on to the question of who they are, unless the answer is no for all."""
    return f"({lets(column)} OR (%(viewer)s::bigint IS NULL AND p.{column} <> '{Circle.NOBODY.value}'))"


# `accounts.policy.may_see_videos` for the database: whether a person `p` is found by the parameter `viewer`.
FINDS: Final = f"""(
    (NOT p.is_private OR p.id IS NOT DISTINCT FROM %(viewer)s::bigint OR {_FOLLOWS.format(person="p.id")})
    AND p.id NOT IN {APART}
)"""


def audience(chosen: Visibility, *, is_private: bool) -> dict[str, str]:
    """Who may watch a video, as fields of its row: what its author chose, as far as a private account goes."""
    if is_private and chosen in _NARROWED:
        return {"visibility": Visibility.FOLLOWERS.value, "chosen_visibility": chosen.value}
    return {"visibility": chosen.value, "chosen_visibility": ""}


def narrowed() -> Q:
    """Videos that fewer may watch once their author's account is private."""
    return Q(visibility__in=[one.value for one in _NARROWED])


def replaceable_until(posted_at: datetime.datetime) -> datetime.datetime:
    """Until when a video's pictures may be replaced; afterwards people have liked and answered what they saw."""
    return posted_at + REPLACEABLE_FOR


def is_good_time(publish_at: datetime.datetime, now: datetime.datetime) -> bool:
    """Whether a video may be set to go out by itself at a time."""
    return SOONEST <= publish_at - now <= LATEST


def kept_until(binned_at: datetime.datetime) -> datetime.datetime:
    """When what went into the bin is erased."""
    return binned_at + datetime.timedelta(days=settings.BIN_DAYS)


def binned_before(now: datetime.datetime) -> datetime.datetime:
    """What went into the bin before this moment is erased by now."""
    return now - datetime.timedelta(days=settings.BIN_DAYS)


class Watchable(Protocol):
    """What the question needs to know of a video."""

    @property
    def author_id(self) -> int:
        """Whose it is."""

    @property
    def state(self) -> str:
        """A `VideoState`."""

    @property
    def visibility(self) -> str:
        """A `Visibility`."""


class Commentable(Watchable, Protocol):
    """What is asked before somebody says something under a video."""

    @property
    def commenters(self) -> Commenters:
        """Who may."""

    @property
    def lets_comment(self) -> bool:
        """Whether its author lets the viewer comment on anything of theirs."""


class Passable(Watchable, Protocol):
    """What is asked before others make something of a video."""

    @property
    def may_duet(self) -> bool:
        """Whether its author lets others put theirs beside it."""

    @property
    def may_stitch(self) -> bool:
        """Whether its author lets others begin theirs with it."""

    @property
    def may_download(self) -> bool:
        """Whether its author lets others keep a copy."""


def may_watch(viewer: Viewer, video: Watchable, *, ties: Ties) -> bool:
    """Whether a published video may be played to this viewer.

    Args:
        viewer: who asks.
        video: which.
        ties: to authors, its own perhaps among them; see `audience.ties`.
    """
    if video.state != VideoState.PUBLISHED.value:
        return False
    if is_author(viewer, video):
        return True
    if video.author_id in ties.apart:
        return False
    if video.visibility in OPEN:
        return True
    if video.visibility == Visibility.FOLLOWERS.value:
        return video.author_id in ties.followed
    return video.visibility == Visibility.FRIENDS.value and video.author_id in ties.friends


def is_author(viewer: Viewer, video: Watchable) -> bool:
    """Whether the video is the viewer's own."""
    return viewer.person_id is not None and viewer.person_id == video.author_id


def is_open(video: Watchable) -> bool:
    """Whether whoever has the address may watch, so that caches may keep its files."""
    return video.state == VideoState.PUBLISHED.value and video.visibility in OPEN


def may_pass_on(viewer: Viewer, video: Watchable) -> bool:
    """Whether one who may watch a video may lay its sound under videos of their own, for audiences of their choice."""
    return video.visibility in OPEN or is_author(viewer, video)


def may_download(viewer: Viewer, video: Passable) -> bool:
    """Whether one who may watch a video may keep a copy of it. Its author always may."""
    return video.may_download or is_author(viewer, video)


def may_comment(viewer: Viewer, video: Commentable, *, ties: Ties) -> bool:
    """Whether one who may watch a video may say something under it: as the video and its author's account let them.

    Its author may while anybody may.

    Args:
        viewer: who asks; a visitor is answered as one who has no ties.
        video: which.
        ties: to its author; see `audience.ties`.
    """
    if video.commenters is Commenters.NO_ONE or not video.lets_comment:
        return False
    if video.commenters is Commenters.EVERYONE or is_author(viewer, video):
        return True
    tied = ties.followed if video.commenters is Commenters.FOLLOWERS else ties.friends
    return video.author_id in tied


def may_duet(viewer: Viewer, video: Passable) -> bool:
    """Whether one who may watch a video may put one of theirs beside it, for an audience of their choice."""
    return is_author(viewer, video) or (video.may_duet and may_pass_on(viewer, video))


def may_stitch(viewer: Viewer, video: Passable) -> bool:
    """Whether one who may watch a video may begin one of theirs with a part of it, for an audience of their choice."""
    return is_author(viewer, video) or (video.may_stitch and may_pass_on(viewer, video))


def is_listed(video: Watchable) -> bool:
    """Whether a video may stand in everyone's lists."""
    return video.state == VideoState.PUBLISHED.value and video.visibility == Visibility.EVERYONE.value


def is_shown(video: Watchable) -> bool:
    """Whether others than its author may have seen it as it stands."""
    return video.state == VideoState.PUBLISHED.value and video.visibility != Visibility.ONLY_ME.value


def may_embed(visibility: Visibility) -> bool:
    """Whether a published video may play on other sites and stand in indexes: what its author shows to everybody."""
    return visibility is Visibility.EVERYONE


def listed() -> Q:
    """The same question for the database."""
    return Q(state=VideoState.PUBLISHED.value, visibility=Visibility.EVERYONE.value)


def listed_to_followers() -> Q:
    """Videos that stand in the lists of those who follow their authors."""
    followers = Q(state=VideoState.PUBLISHED.value, visibility__in=_LISTED_TO_FOLLOWERS)
    return followers & ~Q(chosen_visibility=Visibility.UNLISTED.value)


def listed_to_friends() -> Q:
    """Videos that stand in the lists of those who follow their authors and whom these follow."""
    return listed_to_followers() | Q(state=VideoState.PUBLISHED.value, visibility=Visibility.FRIENDS.value)
