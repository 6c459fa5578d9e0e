"""Notices in words, for push messages and mail, in the language that is spoken now. The app has its own."""

from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from revue.accounts.contracts import PersonCard, SecurityEvent
from revue.inbox.notifications.contracts import MOST_COUNTED, NoticeKind, NoticeView

# What somebody did, or several: many languages say it otherwise then.
_DID: Final[dict[NoticeKind, Any]] = {
    NoticeKind.LIKE: ngettext_lazy("%(who)s liked your video", "%(who)s liked your video", "count"),
    NoticeKind.COMMENT_LIKE: ngettext_lazy("%(who)s liked your comment", "%(who)s liked your comment", "count"),
    NoticeKind.COMMENT: ngettext_lazy("%(who)s commented on your video", "%(who)s commented on your video", "count"),
    NoticeKind.REPLY: ngettext_lazy("%(who)s answered your comment", "%(who)s answered your comment", "count"),
    NoticeKind.MENTION: ngettext_lazy("%(who)s mentioned you", "%(who)s mentioned you", "count"),
    NoticeKind.REPOSTED: ngettext_lazy("%(who)s reposted your video", "%(who)s reposted your video", "count"),
    NoticeKind.FOLLOW: ngettext_lazy("%(who)s started following you", "%(who)s started following you", "count"),
    NoticeKind.FOLLOW_REQUEST: ngettext_lazy("%(who)s wants to follow you", "%(who)s want to follow you", "count"),
    NoticeKind.REQUEST_ACCEPTED: ngettext_lazy(
        "%(who)s accepted your request to follow them", "%(who)s accepted your request to follow them", "count"
    ),
    NoticeKind.SOUND_USED: ngettext_lazy(
        "%(who)s used your sound in a video", "%(who)s used your sound in a video", "count"
    ),
}
_IS: Final = {
    NoticeKind.VIDEO_READY: gettext_lazy("Your video is out."),
    NoticeKind.VIDEO_OUT: gettext_lazy("Your video went out at the time you set."),
    NoticeKind.VIDEO_FAILED: gettext_lazy("Your video could not be made. See why."),
    NoticeKind.SOUND_MUTED: gettext_lazy("The sound of your video was muted."),
}
_HAPPENED: Final = {
    SecurityEvent.SIGNED_IN: gettext_lazy("New sign-in to your account"),
    SecurityEvent.PASSWORD_CHANGED: gettext_lazy("Your password was changed"),
    SecurityEvent.EMAIL_CHANGED: gettext_lazy("Your e-mail address was changed"),
    SecurityEvent.FACTOR_ADDED: gettext_lazy("A second step or passkey was added to your account"),
    SecurityEvent.FACTOR_REMOVED: gettext_lazy("A second step or passkey was removed from your account"),
    SecurityEvent.CODES_MADE: gettext_lazy("New recovery codes were made for your account"),
}


def sentence(notice: NoticeView) -> str:
    """What a notice tells, in one sentence."""
    if notice.kind in _IS:
        return str(_IS[notice.kind])
    if notice.event is not None:
        return _event(notice.event, notice.browser)
    did: str = _DID[notice.kind] % {"who": _names(notice), "count": notice.person_count}
    return f"{did}: {' '.join(notice.text.split())}" if _quotes(notice) else f"{did}."


def _event(event: SecurityEvent, browser: str) -> str:
    what = _HAPPENED[event]
    return gettext("%(what)s with %(browser)s.") % {"what": what, "browser": browser} if browser else f"{what}."


def _quotes(notice: NoticeView) -> bool:
    return bool(notice.text) and notice.kind not in (NoticeKind.COMMENT_LIKE, NoticeKind.FOLLOW_REQUEST)


def _names(notice: NoticeView) -> str:
    """One name, two, or two and how many others."""
    names = [_name(card) for card in notice.people[:2]]
    others = notice.person_count - len(names)
    if others <= 0:
        return gettext(" and ").join(names)
    number = f"{others}+" if notice.person_count >= MOST_COUNTED else str(others)
    words = ngettext("%(names)s and %(number)s other", "%(names)s and %(number)s others", others)
    return words % {"names": gettext(", ").join(names), "number": number}


def _name(card: PersonCard) -> str:
    return card.name or f"@{card.handle}"
