"""Like, follow, comment, share. Each is one transaction, safe to repeat and to run beside itself."""

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.platform import clock, ids, limits
from revue.platform.errors import NotAllowed, NotFound
from revue.social import live, policy
from revue.social.contracts import CommentView, FollowState, LikeState
from revue.social.errors import CommentsOff, NotYourself
from revue.social.models import Comment, Follow, Like
from revue.videos import queries as videos

COMMENTS_PER_MINUTE = 20
CHANGES_PER_MINUTE = 120
SHARES_PER_MINUTE = 30


@transaction.atomic
def like_video(*, viewer: Viewer, video_id: int) -> LikeState:
    """Like a video; liking it again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        RateLimited: too many changes in a minute.
    """
    person_id = person_id_of(viewer)
    limits.check("like", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    videos.card(viewer=viewer, video_id=video_id)
    events.hold_video(video_id=video_id)
    made = Like.objects.bulk_create([Like(person_id=person_id, video_id=video_id)], ignore_conflicts=True)
    is_new = Like.objects.filter(id=made[0].id).exists()  # on a conflict the older row stays, under its own id
    return LikeState(liked=True, like_count=_add_likes(video_id, 1 if is_new else 0))


@transaction.atomic
def unlike_video(*, viewer: Viewer, video_id: int) -> LikeState:
    """Take a like back; without a like nothing changes.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        RateLimited: too many changes in a minute.
    """
    person_id = person_id_of(viewer)
    limits.check("like", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    videos.card(viewer=viewer, video_id=video_id)
    events.hold_video(video_id=video_id)
    removed, _ = Like.objects.filter(person_id=person_id, video_id=video_id).delete()
    return LikeState(liked=False, like_count=_add_likes(video_id, -removed))


@transaction.atomic
def follow_person(*, viewer: Viewer, handle: str) -> FollowState:
    """Follow a person; following again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle.
        NotYourself: it is the viewer's own handle.
        RateLimited: too many changes in a minute.
    """
    follower_id, followed_id = _pair(viewer, handle)
    if follower_id == followed_id:
        raise NotYourself
    Follow.objects.bulk_create([Follow(follower_id=follower_id, followed_id=followed_id)], ignore_conflicts=True)
    return FollowState(following=True, follower_count=_followers(followed_id))


@transaction.atomic
def unfollow_person(*, viewer: Viewer, handle: str) -> FollowState:
    """Stop following a person; without a follow nothing changes. What is for followers is closed to them at once.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: nobody has this handle.
        RateLimited: too many changes in a minute.
    """
    follower_id, followed_id = _pair(viewer, handle)
    removed, _ = Follow.objects.filter(follower_id=follower_id, followed_id=followed_id).delete()
    if removed:
        live.unfollowed(follower_id)
        live.unfollowed(followed_id)  # they are no longer friends: what is for friends closes both ways
    return FollowState(following=False, follower_count=_followers(followed_id))


@transaction.atomic
def write_comment(*, viewer: Viewer, video_id: int, text: str) -> CommentView:
    """Say something under a video; everyone who has it open sees it at once.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video.
        CommentsOff: its author takes none.
        BadComment: empty, or more than 500 characters.
        RateLimited: more than 20 in a minute.
    """
    person_id = person_id_of(viewer)
    card = videos.card(viewer=viewer, video_id=video_id)
    if not card.may_comment:
        raise CommentsOff
    clean = policy.clean_comment(text)
    limits.check("comment", key=str(person_id), per_minute=COMMENTS_PER_MINUTE)
    events.hold_video(video_id=video_id)
    comment = Comment.objects.create(author_id=person_id, video_id=video_id, text=clean)
    likes, comments, _ = events.add_social(video_id=video_id, comments=1)
    author = accounts.person_cards([person_id])[person_id]
    view = CommentView(comment.id, video_id, author, clean, comment.made_at, may_delete=True)
    live.comment_created(view)
    live.counts_changed(video_id, likes=likes, comments=comments)
    return view


@transaction.atomic
def delete_comment(*, viewer: Viewer, comment_id: int) -> None:
    """Delete a comment and blank its text. Its author, the video's author and moderators may.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: there is no such comment, or the viewer may not watch its video.
        NotAllowed: it is none of the viewer's business.
    """
    person_id_of(viewer)
    comment = Comment.objects.select_for_update(of=("self",)).filter(id=comment_id, deleted_at=None).first()
    if comment is None:
        raise NotFound("This comment does not exist.")
    if not _may_delete(viewer, comment):
        raise NotAllowed("This comment is not yours to delete.")
    comment.deleted_at, comment.text = clock.now(), ""
    comment.save(update_fields=["deleted_at", "text"])
    likes, comments, _ = events.add_social(video_id=comment.video_id, comments=-1)
    live.comment_deleted(comment.video_id, comment_id)
    live.counts_changed(comment.video_id, likes=likes, comments=comments)


@transaction.atomic
def share_video(*, viewer: Viewer, video_id: int) -> str:
    """Count a share and give the link; visitors may share too.

    Raises:
        NotFound: the viewer may not watch the video.
        RateLimited: too many in a minute.
    """
    card = videos.card(viewer=viewer, video_id=video_id)
    limits.check("share", key=str(viewer.person_id or viewer.session_key), per_minute=SHARES_PER_MINUTE)
    events.hold_video(video_id=video_id)
    events.add_social(video_id=video_id, shares=1)
    return f"{settings.BASE_URL}/@{card.author.handle}/{ids.to_short(video_id)}"


@transaction.atomic
def recount() -> None:
    """Set the counters of likes and comments to what the rows say, for instance after people left. Safe to repeat."""
    likes = Like.objects.values_list("video_id").annotate(number=Count("id"))
    comments = Comment.objects.filter(deleted_at=None).values_list("video_id").annotate(number=Count("id"))
    events.set_social(likes=dict(likes), comments=dict(comments))


def _add_likes(video_id: int, change: int) -> int:
    """Count a like more or less and tell everyone who has the video open; the number of likes afterwards."""
    likes, comments, _ = events.add_social(video_id=video_id, likes=change)
    if change:
        live.counts_changed(video_id, likes=likes, comments=comments)
    return likes


def _pair(viewer: Viewer, handle: str) -> tuple[int, int]:
    """(who follows, who is followed), after the rate limit."""
    follower_id = person_id_of(viewer)
    limits.check("follow", key=str(follower_id), per_minute=CHANGES_PER_MINUTE)
    followed_id = accounts.person_ids([handle]).get(handle.lower())
    if followed_id is None:
        raise NotFound("There is nobody with this name.")
    return follower_id, followed_id


def _followers(person_id: int) -> int:
    return Follow.objects.filter(followed_id=person_id, follower__is_active=True).count()


def _may_delete(viewer: Viewer, comment: Comment) -> bool:
    """Whether the viewer may; whoever may not even watch the video is told that nothing is there (NotFound)."""
    if policy.may_delete_comment(viewer, author_id=comment.author_id, video_author_id=comment.author_id):
        return True
    card = videos.card(viewer=viewer, video_id=comment.video_id)
    return policy.may_delete_comment(viewer, author_id=comment.author_id, video_author_id=card.author.id)
