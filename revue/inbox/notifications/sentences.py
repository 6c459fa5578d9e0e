"""Notices in words, for push messages and mail. The app has its own, in each of its languages."""

from typing import Final

from revue.accounts.contracts import PersonCard, SecurityEvent
from revue.inbox.notifications.contracts import MOST_COUNTED, NoticeKind, NoticeView

_DID: Final = {
    NoticeKind.LIKE: "liked your video",
    NoticeKind.COMMENT_LIKE: "liked your comment",
    NoticeKind.COMMENT: "commented on your video",
    NoticeKind.REPLY: "answered your comment",
    NoticeKind.MENTION: "mentioned you",
    NoticeKind.REPOSTED: "reposted your video",
    NoticeKind.FOLLOW: "started following you",
    NoticeKind.REQUEST_ACCEPTED: "accepted your request to follow them",
    NoticeKind.SOUND_USED: "used your sound in a video",
}
_IS: Final = {
    NoticeKind.VIDEO_READY: "Your video is out.",
    NoticeKind.VIDEO_OUT: "Your video went out at the time you set.",
    NoticeKind.VIDEO_FAILED: "Your video could not be made. See why.",
    NoticeKind.SOUND_MUTED: "The sound of your video was muted.",
}
_HAPPENED: Final = {
    SecurityEvent.SIGNED_IN: "New sign-in to your account",
    SecurityEvent.PASSWORD_CHANGED: "Your password was changed",
    SecurityEvent.EMAIL_CHANGED: "Your e-mail address was changed",
    SecurityEvent.FACTOR_ADDED: "A second step or passkey was added to your account",
    SecurityEvent.FACTOR_REMOVED: "A second step or passkey was removed from your account",
    SecurityEvent.CODES_MADE: "New recovery codes were made for your account",
}


def sentence(notice: NoticeView) -> str:
    """What a notice tells, in one sentence."""
    if notice.kind in _IS:
        return _IS[notice.kind]
    if notice.event is not None:
        return f"{_HAPPENED[notice.event]}{f' with {notice.browser}' if notice.browser else ''}."
    who = _names(notice)
    if notice.kind is NoticeKind.FOLLOW_REQUEST:
        return f"{who} {'wants' if notice.person_count == 1 else 'want'} to follow you."
    said = f": {' '.join(notice.text.split())}" if notice.text and notice.kind is not NoticeKind.COMMENT_LIKE else "."
    return f"{who} {_DID[notice.kind]}{said}"


def _names(notice: NoticeView) -> str:
    """One name, two, or two and how many others."""
    names = [_name(card) for card in notice.people[:2]]
    others = notice.person_count - len(names)
    if others <= 0:
        return " and ".join(names)
    number = f"{others}+" if notice.person_count >= MOST_COUNTED else str(others)
    return f"{', '.join(names)} and {number} {'other' if others == 1 else 'others'}"


def _name(card: PersonCard) -> str:
    return card.name or f"@{card.handle}"
