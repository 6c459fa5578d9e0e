"""Say something under a video, and take it back."""

from django.db import transaction

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.events import actions as events
from revue.platform import clock, limits
from revue.platform.errors import NotAllowed, NotFound
from revue.social import hooks, live, policy
from revue.social.contracts import CommentView
from revue.social.errors import CommentsOff
from revue.social.models import Comment
from revue.videos import queries as videos

COMMENTS_PER_MINUTE = 20


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
    _tell(comment, video_author_id=card.author.id)
    return view


def _tell(comment: Comment, *, video_author_id: int) -> None:
    """Say to apps above whom a comment that is seen from now on concerns."""
    about = {"actor_id": comment.author_id, "video_id": comment.video_id, "comment_id": comment.id}
    named = accounts.person_ids(policy.mentions_in(comment.text))
    hooks.mentioned(person_ids=named.values(), **about)
    hooks.commented(author_id=video_author_id, **about)


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
    hooks.comment_gone(comment_id=comment_id)
    live.counts_changed(comment.video_id, likes=likes, comments=comments)


def _may_delete(viewer: Viewer, comment: Comment) -> bool:
    """Whether the viewer may; whoever may not even watch the video is told that nothing is there (NotFound)."""
    if policy.may_delete_comment(viewer, author_id=comment.author_id, video_author_id=comment.author_id):
        return True
    card = videos.card(viewer=viewer, video_id=comment.video_id)
    return policy.may_delete_comment(viewer, author_id=comment.author_id, video_author_id=card.author.id)
