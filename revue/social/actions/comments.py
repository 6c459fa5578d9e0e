"""Say something under a video or in answer to somebody there, put it in other words, and take it back."""

import uuid

from django.db import transaction

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.platform import clock, limits
from revue.platform.errors import NotAllowed, NotFound
from revue.social import hooks, live, policy, queries
from revue.social.actions import threads
from revue.social.actions.mentions import tell_concerned, tell_named_in
from revue.social.contracts import CommentView, Hold
from revue.social.errors import CommentsOff
from revue.social.models import Comment, CommentLike, FormerComment
from revue.social.queries import boundaries
from revue.social.queries.comments import comment_view
from revue.videos import queries as videos
from revue.videos.contracts import Commenters, VideoCard

COMMENTS_PER_MINUTE = 20
_WHO_MAY = {
    Commenters.FOLLOWERS: "Only those who follow the creator may comment.",
    Commenters.FRIENDS: "Only friends of the creator may comment.",
}


@transaction.atomic
def write_comment(
    *, viewer: Viewer, video_id: int, text: str, reply_to: int | None = None, key: uuid.UUID | None = None
) -> CommentView:
    """Say something under a video; everyone who has it open sees it at once, unless its author reads it first.

    Args:
        viewer: who says it.
        video_id: under which video.
        text: what is said.
        reply_to: the comment that it answers. An answer to a reply stands in the same thread and names its author.
        key: made up by the client: again with the same key gives the comment that there is, as it is now.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: the viewer may not watch the video, or nothing is there to be answered.
        CommentsOff: its author takes none, or none from this viewer.
        CommentHeld: what it answers waits for the video's author.
        BadComment: empty, or more than 500 characters.
        RateLimited: more than 20 in a minute.
    """
    person_id = person_id_of(viewer)
    card = videos.card(viewer=viewer, video_id=video_id)
    known = _written(person_id, key)
    if known is not None:
        return comment_view(viewer=viewer, comment=known, creator_id=card.author_id)
    _require_may_comment(viewer, card)
    limits.check("comment", key=str(person_id), per_minute=COMMENTS_PER_MINUTE)
    events.hold_video(video_id=video_id)
    comment = Comment(author_id=person_id, video_id=video_id, key=key, text=policy.clean_comment(text))
    root = _answer(viewer, comment, reply_to) if reply_to is not None else comment
    comment.held_for = _why_held(card, comment) or ""
    if not _insert(comment):
        known = Comment.objects.get(author_id=person_id, key=key)
        return comment_view(viewer=viewer, comment=known, creator_id=card.author_id)
    if not comment.held_for:
        _count_new(comment, root)
    return _tell(viewer, card, comment)


@transaction.atomic
def edit_comment(*, viewer: Viewer, comment_id: int, text: str) -> CommentView:
    """Put the viewer's own comment in other words; what it said stays to be read. Again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: it is not there, or not for this viewer.
        NotAllowed: somebody else wrote it.
        CommentsOff: the viewer may say nothing new under this video.
        BadComment: empty, or more than 500 characters.
        RateLimited: more than 20 in a minute.
    """
    comment, root, card = threads.lock_for(viewer, comment_id)
    if not policy.is_author(viewer, comment):
        raise NotAllowed("This comment is not yours to edit.")
    _require_may_comment(viewer, card)
    clean = policy.clean_comment(text)
    if clean != comment.text:
        limits.check("comment", key=str(comment.author_id), per_minute=COMMENTS_PER_MINUTE)
        _remember(comment)
        was_held, comment.text = bool(comment.held_for), clean
        with threads.counting(root):
            threads.wait(comment, root, _why_held(card, comment))
            comment.save(update_fields=["text", "edited_at", "held_for", "pinned_at"])
        return _tell_edited(viewer, card, comment, was_held=was_held)
    return comment_view(viewer=viewer, comment=comment, creator_id=card.author_id)


@transaction.atomic
def delete_comment(*, viewer: Viewer, comment_id: int) -> None:
    """Delete a comment and blank its text. Its author, the video's author and moderators may.

    Replies to it stay, below a line that says that it was deleted.

    Raises:
        SignInNeeded: the viewer is a visitor.
        NotFound: there is no such comment, or the viewer may not watch its video.
        NotAllowed: it is none of the viewer's business.
    """
    person_id_of(viewer)
    comment, root = threads.lock(comment_id)
    if not _may_delete(viewer, comment):
        raise NotAllowed("This comment is not yours to delete.")
    with threads.counting(root):
        if comment is not root and not comment.held_for:
            root.replies -= 1
        comment.deleted_at, comment.text, comment.edited_at = clock.now(), "", None
        comment.held_for, comment.pinned_at, comment.likes = "", None, 0
        comment.save(update_fields=["deleted_at", "text", "edited_at", "held_for", "pinned_at", "likes"])
    CommentLike.objects.filter(comment=comment).delete()
    FormerComment.objects.filter(comment=comment).delete()
    hooks.comment_gone(comment_id=comment_id)
    live.comment_gone(comment, keeps_thread=comment is root and root.replies > 0)


def _written(person_id: int, key: uuid.UUID | None) -> Comment | None:
    return Comment.objects.filter(author_id=person_id, key=key).first() if key else None


def _require_may_comment(viewer: Viewer, card: VideoCard) -> None:
    if not videos.may_comment(viewer=viewer, card=card):
        why = _WHO_MAY.get(card.commenters, CommentsOff.title)
        raise CommentsOff(why if card.lets_comment else "The creator takes no comments from you.")


def _answer(viewer: Viewer, comment: Comment, reply_to: int) -> Comment:
    """Put a comment below what it answers; the comment that begins the thread, locked."""
    answered, root, _ = threads.lock_shown(viewer, reply_to)
    if answered.video_id != comment.video_id:
        raise NotFound("This comment does not exist.")
    comment.thread, comment.answers = root, answered
    if answered is not root and answered.author_id and not policy.is_author(viewer, answered):
        for card in accounts.person_cards({answered.author_id}).values():
            if card.handle not in policy.mentions_in(comment.text):
                comment.text = policy.clean_comment(f"@{card.handle} {comment.text}")
    return root


def _insert(comment: Comment) -> bool:
    """Whether the comment is new: of two requests with one key, one is."""
    Comment.objects.bulk_create([comment], ignore_conflicts=True)
    return Comment.objects.filter(pk=comment.pk).exists()


def _count_new(comment: Comment, root: Comment) -> None:
    if comment is root:
        threads.count(comment.video_id, 1)
        return
    with threads.counting(root):
        root.replies += 1


def _tell(viewer: Viewer, card: VideoCard, comment: Comment) -> CommentView:
    """Tell of a comment that is new to those who may read it; returns it as the viewer sees it."""
    view = comment_view(viewer=viewer, comment=comment, creator_id=card.author_id)
    if comment.held_for:
        live.comment_held(card.author_id, view)
    else:
        announce(view, comment, card.author_id)
    return view


def announce(view: CommentView, comment: Comment, creator_id: int) -> None:
    """Tell of a comment that everybody may read from now on: who has the video open, and whom it concerns."""
    live.comment_created(comment, view)
    tell_concerned(comment, creator_id=creator_id)


def _tell_edited(viewer: Viewer, card: VideoCard, comment: Comment, *, was_held: bool) -> CommentView:
    if was_held or comment.held_for:
        if not was_held:
            live.comment_gone(comment, keeps_thread=False)
            hooks.comment_gone(comment_id=comment.pk)
        return _tell(viewer, card, comment)
    view = comment_view(viewer=viewer, comment=comment, creator_id=card.author_id)
    live.comment_edited(comment, view)
    tell_named_in(comment)
    return view


def _why_held(card: VideoCard, comment: Comment) -> Hold | None:
    """Why a comment is to wait; never what the video's own author says."""
    if comment.author_id == card.author_id:
        return None
    if comment.author_id and boundaries.is_restricted(person_id=comment.author_id, by=card.author_id):
        return Hold.RESTRICTED
    return policy.hold_for(comment.text, queries.comment_rules_of(person_id=card.author_id))


def _remember(comment: Comment) -> None:
    """Keep what a comment says before that changes, and as many of its earlier texts as are kept."""
    comment.edited_at = clock.now()
    former = FormerComment.objects.filter(comment=comment)
    FormerComment.objects.create(comment=comment, text=comment.text, until_at=comment.edited_at)
    former.exclude(pk__in=former.order_by("-pk").values("pk")[: policy.MOST_FORMER]).delete()


def _may_delete(viewer: Viewer, comment: Comment) -> bool:
    """Whether the viewer may; whoever may not even watch the video is told that nothing is there (NotFound)."""
    if viewer.is_moderator or policy.is_author(viewer, comment):
        return True
    creator_id = videos.card(viewer=viewer, video_id=comment.video_id).author_id
    if not policy.may_read(viewer, comment, creator_id=creator_id):
        raise NotFound("This comment does not exist.")
    return policy.may_delete(viewer, comment, creator_id=creator_id)
