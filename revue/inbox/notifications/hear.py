"""What happens in apps below, as notices. All of it runs inside the transaction in which it happened."""

from typing import Final

from revue.accounts.contracts import SecurityEvent
from revue.inbox.notifications import actions
from revue.inbox.notifications.contracts import NoticeKind
from revue.platform import ids
from revue.social.hooks import Happening, What
from revue.videos import queries as videos

_KIND_OF: Final = {
    What.VIDEO_LIKED: NoticeKind.LIKE,
    What.VIDEO_REPOSTED: NoticeKind.REPOSTED,
    What.COMMENTED: NoticeKind.COMMENT,
    What.REPLIED: NoticeKind.REPLY,
    What.COMMENT_LIKED: NoticeKind.COMMENT_LIKE,
    What.MENTIONED: NoticeKind.MENTION,
    What.FOLLOWED: NoticeKind.FOLLOW,
    What.FOLLOW_REQUESTED: NoticeKind.FOLLOW_REQUEST,
    What.REQUEST_ACCEPTED: NoticeKind.REQUEST_ACCEPTED,
}
_SAYS: Final = (What.COMMENTED, What.REPLIED, What.MENTIONED)
# By a word of what it calls itself; each calls itself all that come after it as well.
_BROWSERS: Final = {"Firefox": "Firefox", "Edg": "Edge", "OPR": "Opera", "Chrome": "Chrome", "Safari": "Safari"}


def happened(happening: Happening) -> None:
    """Tell somebody what another did."""
    actions.tell(
        _KIND_OF[happening.what],
        person_id=happening.person_id,
        key=_key(happening),
        actor_id=happening.actor_id,
        video_id=happening.video_id,
        comment_id=happening.comment_id,
    )


def undone(happening: Happening) -> None:
    """Take back what was not read yet; what its owner has answered, read or not: asked once more, they are told."""
    actions.untell(
        person_id=happening.person_id,
        key=_key(happening),
        actor_id=happening.actor_id,
        even_read=happening.is_answered,
    )


def comment_gone(*, comment_id: int) -> None:
    """Say nothing more of a comment."""
    actions.forget_comment(comment_id=comment_id)


def published(*, video_id: int) -> None:
    """Tell a video's author that it is out, and the owner of a sound under it that they have used that."""
    news = videos.news(video_id=video_id)
    if news is None:
        return
    kind = NoticeKind.VIDEO_OUT if news.had_time else NoticeKind.VIDEO_READY
    actions.tell(kind, person_id=news.author_id, key=_own_key(kind, video_id), video_id=video_id)
    owner_id = news.sound_owner_id
    if owner_id is not None and owner_id != news.author_id:
        key = f"sound_used:{video_id}:{owner_id}"
        actions.tell(NoticeKind.SOUND_USED, person_id=owner_id, key=key, actor_id=news.author_id, video_id=video_id)


def remade(*, video_id: int) -> None:
    """Tell a video's author that it plays without its sound now."""
    news = videos.news(video_id=video_id)
    if news is not None and news.is_muted:
        key = _own_key(NoticeKind.SOUND_MUTED, video_id)
        actions.tell(NoticeKind.SOUND_MUTED, person_id=news.author_id, key=key, video_id=video_id)


def failed(*, video_id: int) -> None:
    """Tell a video's author that it could not be made."""
    author_id = videos.author_of(video_id=video_id)
    if author_id is not None:
        key = _own_key(NoticeKind.VIDEO_FAILED, video_id)
        actions.tell(NoticeKind.VIDEO_FAILED, person_id=author_id, key=key, video_id=video_id)


def security(*, person_id: int, event: SecurityEvent, user_agent: str) -> None:
    """Tell somebody what was done to how they sign in. Each time is a notice of its own."""
    browser = next((name for word, name in _BROWSERS.items() if word in user_agent), "")
    key = f"security:{event.value}:{ids.new_id()}"
    actions.tell(NoticeKind.SECURITY, person_id=person_id, key=key, event=event.value, browser=browser)


def _key(happening: Happening) -> str:
    """What is told together: everything that people do to one thing; and of one comment nobody is told twice."""
    subject: int | str = happening.comment_id or happening.video_id or ""
    name = "said" if happening.what in _SAYS else happening.what.value
    return f"{name}:{subject}:{happening.person_id}"


def _own_key(kind: NoticeKind, video_id: int) -> str:
    return f"{kind.value}:{video_id}"
