"""One data set for tests that send anything to every route: people of each role, and real things to name."""

import dataclasses
import uuid
from typing import Final

from django.conf import settings
from django.test import Client

from revue.accounts import actions as accounts
from revue.accounts.contracts import Role
from revue.inbox.messages import queries as messages
from revue.inbox.messages import sending
from revue.media import actions as media
from revue.platform import clock, ids
from revue.social import actions
from revue.videos import actions as videos
from revue.videos.contracts import DraftContent
from tests.people import client_of, make_person, viewer_of
from tests.published import give_sound, publish

VISITOR, MEMBER, PRIVATE, BLOCKED, MODERATOR = "visitor", "member", "private", "blocked", "moderator"
ROLES: Final = (VISITOR, MEMBER, PRIVATE, BLOCKED, MODERATOR)
_DRAFT: Final = uuid.UUID("0198f0f0-0000-7000-8000-000000000002")
_SAID: Final = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
_NOWHERE: Final = "4k"  # an id that nothing has


@dataclasses.dataclass(frozen=True)
class Cast:
    """Who asks, and what there is."""

    headers: dict[str, dict[str, str]]  # of each role: their session, and the right to change something
    real: dict[str, tuple[str, ...]]  # by the name of a parameter of addresses: values that mean something


def assemble() -> Cast:
    """Ben has made most of what there is. Ana follows him, Pia's account is private, and he has blocked Bob."""
    people = {role: make_person(f"the.{role}") for role in (MEMBER, PRIVATE, BLOCKED)}
    people[MODERATOR] = make_person("the.moderator", role=Role.MODERATOR)
    ben = make_person("ben")
    video, hidden = publish(ben, tags=["dance"]), publish(ben, visibility="only_me")
    sound = give_sound(ben, video)
    for role in (MEMBER, BLOCKED, MODERATOR):
        actions.follow_person(viewer=viewer_of(people[role]), handle="ben")
    own = {role: _busy(person, video) for role, person in people.items()}
    accounts.change_privacy(viewer=viewer_of(people[PRIVATE]), is_private=True)
    for person in (people[MEMBER], ben):
        actions.follow_person(viewer=viewer_of(person), handle="the.private")
    actions.approve_request(viewer=viewer_of(people[PRIVATE]), handle="ben")
    actions.restrict_person(viewer=viewer_of(ben), handle="the.member")
    held = actions.write_comment(viewer=viewer_of(people[MEMBER]), video_id=video, text="psst").id
    actions.block_person(viewer=viewer_of(ben), handle="the.blocked")
    videos.save_draft(viewer=viewer_of(people[MEMBER]), key=_DRAFT, content=DraftContent(caption="soon"))
    upload = media.start_upload(viewer=viewer_of(people[MEMBER]), length_bytes=5).id
    states = [publish(people[MEMBER], state="failed"), publish(people[MEMBER], state="binned", binned_at=clock.now())]
    mine = list(own.values())
    return Cast(
        headers={VISITOR: _headers(Client()), **{role: _headers(client_of(person)) for role, person in people.items()}},
        real={
            "video_id": _shorts(video, hidden, *states, *(one[0] for one in mine)),
            "comment_id": _shorts(held, *(one[1] for one in mine)),
            "collection_id": _shorts(*(one[2] for one in mine)),
            "message_id": _shorts(*(one[3] for one in mine)),
            "conversation_id": _shorts(*(one[4] for one in mine)),
            "sound_id": _shorts(sound),
            "upload_id": _shorts(upload),
            "draft_id": (str(_DRAFT), str(uuid.uuid4())),
            "handle": ("ben", *(f"the.{role}" for role in people), "no.such.one"),
            "tag": ("dance", "nothing"),
            "language": ("en", "pt-BR"),
            "topic_id": ("1", "2"),
            "kind": ("creator", "video", "tag"),
            "target": (*_shorts(ben, video), "cat"),
        },
    )


def _busy(person_id: int, video_id: int) -> tuple[int, int, int, int, int]:
    """Have somebody do a little of everything; ids of a video, comment, collection, message, conversation of theirs."""
    viewer = viewer_of(person_id)
    own = publish(person_id, tags=["dance"], caption="Look, @ben")
    comment = actions.write_comment(viewer=viewer, video_id=video_id, text="Hello @ben").id
    actions.write_comment(viewer=viewer, video_id=video_id, text="and again", reply_to=comment)
    for act in (actions.like_video, actions.save_video, actions.repost_video):
        act(viewer=viewer, video_id=video_id)
    collection = actions.make_collection(viewer=viewer, name="Steps", is_public=True)
    actions.move_saves(viewer=viewer, video_ids=[video_id], collection_id=collection)
    videos.put_subtitles(viewer=viewer, video_id=own, language="en", text=_SAID)
    message = sending.send_message(viewer=viewer, handle="ben", text="Hello").id
    return own, comment, collection, message, messages.conversation_with(viewer=viewer, handle="ben").id or 0


def _shorts(*numbers: int) -> tuple[str, ...]:
    return (*map(ids.to_short, numbers), _NOWHERE)


def _headers(client: Client) -> dict[str, str]:
    token = client.get("/api/v1/session").json()["csrf_token"]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    return {"Host": "testserver", "Origin": settings.BASE_URL, "Cookie": cookies, "X-CSRFToken": token}
