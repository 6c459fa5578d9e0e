"""Who may do what: every route, every kind of person. Who may not changes nothing."""

import copy
import dataclasses
import datetime
import uuid
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client

from revue.accounts.contracts import Role
from revue.api.v1 import api
from revue.inbox.messages import queries as messages
from revue.inbox.messages import sending
from revue.media import actions as media
from revue.media.models import RenditionFile
from revue.platform import clock, ids, storage
from revue.social import actions
from revue.videos import actions as videos
from revue.videos.contracts import DraftContent
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import give_sound, publish, schedule
from tests.rollback import taken_back

pytestmark = pytest.mark.django_db

VISITOR, OTHER, FOLLOWER, OWNER, MODERATOR = "visitor", "other", "follower", "owner", "moderator"
PEOPLE = (VISITOR, OTHER, OWNER, MODERATOR)
REFUSED = (401, 403, 404)
DRAFT = uuid.UUID("0198f0f0-0000-7000-8000-000000000001")
# Rows that say who was here and how fast, and nothing about what anyone did.
_NOT_THE_PRODUCT = {"platform_limit", "platform_cache", "django_session", "usersessions_usersession"}


@dataclasses.dataclass(frozen=True)
class World:
    """One owner with a video for each audience and in several states, and a comment by someone else."""

    public: int
    unlisted: int
    private: int
    followers: int
    failed: int
    binned: int
    scheduled: int
    sound: int  # of `public`
    draft: int  # of the owner; its name is `DRAFT`
    hidden_sound: int  # of `private`
    upload: int  # the owner's, by tus
    followers_sound: int  # of `followers`
    comment: int  # under `public`, by `writer`
    private_comment: int  # under `private`, by the owner
    followers_comment: int  # under `followers`, by the owner
    collection: int  # of what the owner keeps
    public_collection: int  # likewise, for everybody
    held_comment: int  # under `public`, by `writer`: it waits for the owner
    conversation: int  # of the owner and `writer`
    message: int  # there, by the owner
    answer: int  # there, by `writer`


@dataclasses.dataclass(frozen=True)
class Row:
    """What each kind of person is answered."""

    method: str
    path: str  # as the router has it
    answers: tuple[int, int, int, int]  # visitor, other, owner, moderator; none of the last follows the owner
    about: str = ""  # which thing of the world fills the path
    body: Callable[[], dict[str, Any]] | None = None
    follower: int | None = None  # what one who follows the owner is answered; None: the same as `other`
    query: str = ""

    def answer(self, who: str) -> int:
        """What one kind of person is answered."""
        if who == FOLLOWER:
            return self.answers[1] if self.follower is None else self.follower
        return self.answers[PEOPLE.index(who)]


def watched() -> dict[str, Any]:
    event = {"kind": "exit", "video_id": "1", "at_ms": int(clock.now().timestamp() * 1000), "id": str(uuid.uuid4())}
    return {"events": [event]}


def tomorrow() -> dict[str, Any]:
    return {"publish_at": (clock.now() + datetime.timedelta(days=1)).isoformat()}


def said() -> dict[str, Any]:
    return {"text": "hello"}


def read_along() -> dict[str, Any]:
    return {"text": "WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n"}


def subscribed() -> dict[str, Any]:
    return {"endpoint": "https://push.example/1", "p256dh": "B", "auth": "a"}  # refused before it is looked at


ANYONE = (200, 200, 200, 200)
MEMBERS = (401, 200, 200, 200)
KEPT = (401, 204, 204, 204)  # by visitors with a name too; the visitor of this table has none
ROWS = [
    Row("GET", "/session", ANYONE),
    Row("PATCH", "/me/profile", MEMBERS, body=lambda: {"name": "New"}),
    Row("PUT", "/me/avatar", (401, 422, 422, 422)),
    Row("DELETE", "/me/avatar", MEMBERS),
    Row("GET", "/me/storage", MEMBERS),
    Row("GET", "/me/videos", MEMBERS),
    Row("GET", "/me/videos/{video_id}", (401, 404, 200, 404), "public"),
    Row("GET", "/me/videos/{video_id}/reach", (401, 404, 200, 404), "public"),
    Row("DELETE", "/me/videos/{video_id}", (401, 404, 204, 404), "public"),
    Row("DELETE", "/me/videos/{video_id}", (401, 404, 204, 404), "private"),
    Row("DELETE", "/me/videos/{video_id}", (401, 404, 204, 404), "binned"),
    Row("POST", "/me/videos/many", MEMBERS, body=lambda: {"ids": ["4k"], "change": "restore"}),
    Row("GET", "/feed/foryou", ANYONE),
    Row("GET", "/feed/following", MEMBERS),
    Row("GET", "/videos/{video_id}", ANYONE, "public"),
    Row("GET", "/videos/{video_id}", ANYONE, "unlisted"),
    Row("GET", "/videos/{video_id}", (404, 404, 200, 404), "private"),
    Row("GET", "/videos/{video_id}", (404, 404, 200, 404), "followers", follower=200),
    Row("GET", "/videos/{video_id}", (404, 404, 404, 404), "failed"),
    Row("GET", "/videos/{video_id}", (404, 404, 404, 404), "binned"),
    Row("GET", "/videos/{video_id}/edits", ANYONE, "public"),
    Row("GET", "/videos/{video_id}/edits", (404, 404, 200, 404), "private"),
    Row("GET", "/videos/{video_id}/edits", (404, 404, 200, 404), "followers", follower=200),
    Row("GET", "/videos/{video_id}/edits", (404, 404, 404, 404), "binned"),
    Row("POST", "/videos", (401, 404, 404, 404), body=lambda: {"upload_id": "4k"}),
    Row("PATCH", "/videos/{video_id}", (401, 404, 200, 404), "public", lambda: {"caption": "new"}),
    Row("PATCH", "/videos/{video_id}", (401, 404, 200, 404), "private", lambda: {"caption": "new"}),
    Row("PATCH", "/videos/{video_id}", (401, 404, 200, 404), "followers", lambda: {"visibility": "everyone"}),
    Row("DELETE", "/videos/{video_id}", (401, 404, 204, 404), "public"),
    Row("DELETE", "/videos/{video_id}", (401, 404, 204, 404), "private"),
    Row("DELETE", "/videos/{video_id}", (401, 404, 204, 404), "followers"),
    Row("DELETE", "/videos/{video_id}", (401, 404, 204, 404), "binned"),
    Row("PATCH", "/videos/{video_id}", (401, 404, 409, 404), "binned", lambda: {"caption": "new"}),
    Row("POST", "/videos/{video_id}/restore", (401, 404, 200, 404), "binned"),
    Row("POST", "/videos/{video_id}/publish", (401, 404, 200, 404), "scheduled"),
    Row("PUT", "/videos/{video_id}/schedule", (401, 404, 200, 404), "scheduled", tomorrow),
    Row("PUT", "/videos/{video_id}/schedule", (401, 404, 409, 404), "public", tomorrow),
    Row("DELETE", "/videos/{video_id}/schedule", (401, 404, 200, 404), "scheduled"),
    Row("GET", "/videos/{video_id}/subtitles", ANYONE, "public"),
    Row("GET", "/videos/{video_id}/subtitles", (404, 404, 200, 404), "private"),
    Row("GET", "/videos/{video_id}/subtitles", (404, 404, 200, 404), "followers", follower=200),
    Row("GET", "/videos/{video_id}/subtitles", (404, 404, 200, 404), "scheduled"),
    Row("GET", "/videos/{video_id}/subtitles", (404, 404, 404, 404), "binned"),
    Row("GET", "/videos/{video_id}/subtitles/{language}", ANYONE, "public"),
    Row("GET", "/videos/{video_id}/subtitles/{language}", (404, 404, 200, 404), "private"),
    Row("GET", "/videos/{video_id}/subtitles/{language}", (404, 404, 200, 404), "followers", follower=200),
    Row("GET", "/videos/{video_id}/subtitles/{language}", (404, 404, 404, 404), "scheduled"),
    Row("PUT", "/videos/{video_id}/subtitles/{language}", (401, 404, 200, 404), "public", read_along),
    Row("PUT", "/videos/{video_id}/subtitles/{language}", (401, 404, 200, 404), "followers", read_along),
    Row("PUT", "/videos/{video_id}/subtitles/{language}", (401, 404, 409, 404), "binned", read_along),
    Row("DELETE", "/videos/{video_id}/subtitles/{language}", (401, 404, 204, 404), "public"),
    Row("DELETE", "/videos/{video_id}/subtitles/{language}", (401, 404, 204, 404), "private"),
    Row("PUT", "/videos/{video_id}/pin", (401, 404, 200, 404), "public"),
    Row("PUT", "/videos/{video_id}/pin", (401, 404, 200, 404), "private"),
    Row("DELETE", "/videos/{video_id}/pin", (401, 404, 200, 404), "public"),
    Row("POST", "/videos/{video_id}/retry", (401, 404, 409, 404), "failed"),
    Row("PUT", "/videos/{video_id}/like", MEMBERS, "public"),
    Row("PUT", "/videos/{video_id}/like", (401, 404, 200, 404), "private"),
    Row("PUT", "/videos/{video_id}/like", (401, 404, 200, 404), "followers", follower=200),
    Row("DELETE", "/videos/{video_id}/like", MEMBERS, "public"),
    Row("DELETE", "/videos/{video_id}/like", (401, 404, 200, 404), "private"),
    Row("DELETE", "/videos/{video_id}/like", (401, 404, 200, 404), "followers", follower=200),
    Row("PUT", "/videos/{video_id}/save", MEMBERS, "public"),
    Row("PUT", "/videos/{video_id}/save", (401, 404, 200, 404), "private"),
    Row("PUT", "/videos/{video_id}/save", (401, 404, 200, 404), "followers", follower=200),
    Row("DELETE", "/videos/{video_id}/save", MEMBERS, "public"),
    Row("DELETE", "/videos/{video_id}/save", (401, 404, 200, 404), "private"),
    Row("PUT", "/videos/{video_id}/repost", (401, 200, 403, 200), "public", dict),
    Row("PUT", "/videos/{video_id}/repost", (401, 403, 403, 403), "unlisted", dict),
    Row("PUT", "/videos/{video_id}/repost", (401, 404, 403, 404), "private", dict),
    Row("PUT", "/videos/{video_id}/repost", (401, 404, 403, 404), "followers", dict, 403),
    Row("DELETE", "/videos/{video_id}/repost", MEMBERS, "public"),
    Row("DELETE", "/videos/{video_id}/repost", (401, 404, 200, 404), "private"),
    Row("POST", "/me/saves/move", MEMBERS, body=lambda: {"ids": ["4k"], "collection_id": None}),
    Row("POST", "/me/collections", (401, 201, 201, 201), body=lambda: {"name": "Steps"}),
    Row("GET", "/collections/{collection_id}", (404, 404, 200, 404), "collection"),
    Row("GET", "/collections/{collection_id}", ANYONE, "public_collection"),
    Row("GET", "/collections/{collection_id}/videos", (404, 404, 200, 404), "collection"),
    Row("GET", "/collections/{collection_id}/videos", ANYONE, "public_collection"),
    Row("PATCH", "/collections/{collection_id}", (401, 404, 200, 404), "public_collection", lambda: {"name": "New"}),
    Row("DELETE", "/collections/{collection_id}", (401, 404, 204, 404), "public_collection"),
    Row("GET", "/people/{handle}/reposts", ANYONE),
    Row("GET", "/people/{handle}/saves", (403, 403, 200, 403)),
    Row("GET", "/people/{handle}/likes", (403, 403, 200, 403)),
    Row("GET", "/people/{handle}/collections", ANYONE),
    Row("POST", "/videos/{video_id}/share", ANYONE, "public", dict),
    Row("POST", "/videos/{video_id}/share", (404, 404, 200, 404), "private", dict),
    Row("POST", "/videos/{video_id}/share", (404, 404, 200, 404), "followers", dict, 200),
    Row("GET", "/videos/{video_id}/download", ANYONE, "public"),
    Row("GET", "/videos/{video_id}/download", (404, 404, 200, 404), "private"),
    Row("GET", "/videos/{video_id}/download", (404, 404, 200, 404), "followers", follower=200),
    Row("GET", "/videos/{video_id}/download", (403, 403, 200, 403), "unlisted"),
    Row("GET", "/videos/{video_id}/comments", ANYONE, "public"),
    Row("GET", "/videos/{video_id}/comments", (404, 404, 200, 404), "private"),
    Row("GET", "/videos/{video_id}/comments", (404, 404, 200, 404), "followers", follower=200),
    Row("POST", "/videos/{video_id}/comments", (401, 201, 201, 201), "public", said),
    Row("POST", "/videos/{video_id}/comments", (401, 404, 201, 404), "private", said),
    Row("POST", "/videos/{video_id}/comments", (401, 404, 201, 404), "followers", said, 201),
    Row("POST", "/videos/{video_id}/comments", (401, 403, 201, 403), "unlisted", said),
    Row("GET", "/comments/{comment_id}/replies", ANYONE, "comment"),
    Row("GET", "/comments/{comment_id}/replies", (404, 404, 200, 404), "private_comment"),
    Row("GET", "/comments/{comment_id}/replies", (404, 404, 200, 404), "followers_comment", follower=200),
    Row("GET", "/comments/{comment_id}/replies", (404, 404, 200, 404), "held_comment"),
    Row("GET", "/comments/{comment_id}/edits", ANYONE, "comment"),
    Row("GET", "/comments/{comment_id}/edits", (404, 404, 200, 404), "private_comment"),
    Row("GET", "/comments/{comment_id}/edits", (404, 404, 200, 404), "held_comment"),
    Row("PATCH", "/comments/{comment_id}", (401, 403, 403, 403), "comment", said),
    Row("PATCH", "/comments/{comment_id}", (401, 404, 200, 404), "private_comment", said),
    Row("PATCH", "/comments/{comment_id}", (401, 404, 403, 404), "held_comment", said),
    Row("PUT", "/comments/{comment_id}/like", MEMBERS, "comment"),
    Row("PUT", "/comments/{comment_id}/like", (401, 404, 200, 404), "private_comment"),
    Row("PUT", "/comments/{comment_id}/like", (401, 404, 200, 404), "followers_comment", follower=200),
    Row("PUT", "/comments/{comment_id}/like", (401, 404, 409, 404), "held_comment"),
    Row("DELETE", "/comments/{comment_id}/like", MEMBERS, "comment"),
    Row("DELETE", "/comments/{comment_id}/like", (401, 404, 200, 404), "private_comment"),
    Row("PUT", "/comments/{comment_id}/pin", (401, 403, 200, 403), "comment"),
    Row("PUT", "/comments/{comment_id}/pin", (401, 404, 200, 404), "private_comment"),
    Row("PUT", "/comments/{comment_id}/pin", (401, 404, 409, 404), "held_comment"),
    Row("DELETE", "/comments/{comment_id}/pin", (401, 403, 200, 403), "comment"),
    Row("POST", "/me/comments/many", MEMBERS, body=lambda: {"ids": ["4k"], "change": "approve"}),
    Row("GET", "/me/comments/held", MEMBERS),
    Row("GET", "/me/comments/rules", MEMBERS),
    Row("PATCH", "/me/comments/rules", MEMBERS, body=lambda: {"approves_first": True}),
    Row("POST", "/me/comments/rules/words", MEMBERS, body=lambda: {"words": ["cat"]}),
    Row("DELETE", "/me/comments/rules/words", MEMBERS, query="word=cat"),
    Row("DELETE", "/comments/{comment_id}", (401, 403, 204, 204), "comment"),
    Row("DELETE", "/comments/{comment_id}", (401, 404, 204, 204), "held_comment"),
    Row("DELETE", "/comments/{comment_id}", (401, 404, 204, 204), "private_comment"),
    Row("DELETE", "/comments/{comment_id}", (401, 404, 204, 204), "followers_comment", follower=403),
    Row("PUT", "/videos/{video_id}/upload", (401, 404, 404, 404), "public", lambda: {"upload_id": "4k"}),
    Row("PUT", "/videos/{video_id}/sound", (401, 404, 409, 404), "public", lambda: {"sound": None}),
    Row("GET", "/sounds/trending", ANYONE),
    Row("GET", "/sounds/starter", ANYONE),
    Row("GET", "/me/sounds", MEMBERS),
    Row("GET", "/sounds/{sound_id}", ANYONE, "sound"),
    Row("GET", "/sounds/{sound_id}", (404, 404, 200, 404), "hidden_sound"),
    Row("GET", "/sounds/{sound_id}", (404, 404, 200, 404), "followers_sound", follower=200),
    Row("GET", "/sounds/{sound_id}/videos", ANYONE, "sound"),
    Row("PATCH", "/sounds/{sound_id}", (401, 404, 200, 404), "sound", lambda: {"name": "New"}),
    Row("PUT", "/sounds/{sound_id}/mute", (401, 403, 403, 200), "sound", lambda: {"reason": "Claimed."}),
    Row("DELETE", "/sounds/{sound_id}/mute", (401, 403, 403, 200), "sound"),
    Row("GET", "/people/{handle}", ANYONE),
    Row("GET", "/people/{handle}/videos", ANYONE),
    Row("GET", "/tags/{tag}/videos", ANYONE),
    Row("PUT", "/people/{handle}/follow", (401, 200, 422, 200)),
    Row("DELETE", "/people/{handle}/follow", MEMBERS),
    Row("PUT", "/people/{handle}/block", (401, 204, 422, 204)),
    Row("DELETE", "/people/{handle}/block", (401, 204, 422, 204)),
    Row("PUT", "/people/{handle}/mute", (401, 204, 422, 204)),
    Row("DELETE", "/people/{handle}/mute", (401, 204, 422, 204)),
    Row("PUT", "/people/{handle}/restrict", (401, 204, 422, 204)),
    Row("DELETE", "/people/{handle}/restrict", (401, 204, 422, 204)),
    Row("GET", "/people/{handle}/followers", ANYONE),
    Row("GET", "/people/{handle}/following", ANYONE),
    Row("DELETE", "/me/followers/{handle}", KEPT),
    Row("GET", "/me/follow-requests", MEMBERS),
    Row("PUT", "/me/follow-requests/{handle}", (401, 404, 404, 404)),
    Row("DELETE", "/me/follow-requests/{handle}", KEPT),
    Row("GET", "/me/blocked", MEMBERS),
    Row("POST", "/me/blocked", KEPT, body=lambda: {"handles": ["willa"]}),
    Row("GET", "/me/muted", MEMBERS),
    Row("GET", "/me/restricted", MEMBERS),
    Row("GET", "/me/privacy", MEMBERS),
    Row("PATCH", "/me/privacy", MEMBERS, body=lambda: {"is_private": True, "who_comments": "friends"}),
    Row("POST", "/direct-uploads", (401, 404, 404, 404), body=lambda: {"length_bytes": 5}),
    Row("GET", "/direct-uploads/{upload_id}", (401, 404, 404, 404), "upload"),
    Row("POST", "/direct-uploads/{upload_id}/finish", (401, 404, 404, 404), "upload"),
    Row("DELETE", "/direct-uploads/{upload_id}", (401, 404, 204, 404), "upload"),
    Row("GET", "/me/feed", ANYONE),
    Row("PATCH", "/me/feed", MEMBERS, body=lambda: {"most_videos": 20}),
    Row("PUT", "/me/feed/topics/{topic_id}", KEPT, body=lambda: {"step": -2}),
    Row("POST", "/me/feed/words", KEPT, body=lambda: {"word": "cat"}),
    Row("DELETE", "/me/feed/words", KEPT, query="word=cat"),
    Row("GET", "/me/feed/not-interested", ANYONE),
    Row("PUT", "/me/feed/not-interested/{kind}/{target}", KEPT),
    Row("DELETE", "/me/feed/not-interested/{kind}/{target}", KEPT),
    Row("GET", "/me/feed/history", ANYONE),
    Row("DELETE", "/me/feed/history", KEPT),
    Row("DELETE", "/me/feed/history/{video_id}", KEPT, "public"),
    Row("GET", "/me/feed/marks", ANYONE, query="videos=4k"),
    Row("GET", "/me/drafts", MEMBERS),
    Row("GET", "/me/drafts/{draft_id}", (401, 404, 200, 404), "draft"),
    Row("PUT", "/me/drafts/{draft_id}", MEMBERS, "draft", lambda: {"caption": "mine"}),
    Row("DELETE", "/me/drafts/{draft_id}", (401, 204, 204, 204), "draft"),
    Row("GET", "/me/drafts/{draft_id}/files/{upload_id}", (401, 404, 404, 404), "draft"),
    Row("GET", "/me/inbox", MEMBERS),
    Row("GET", "/me/inbox/unread", MEMBERS),
    Row("POST", "/me/inbox/read", MEMBERS, body=lambda: {"up_to": "4k"}),
    Row("GET", "/me/inbox/settings", MEMBERS),
    Row("PATCH", "/me/inbox/settings", MEMBERS, body=lambda: {"hidden": ["likes"]}),
    Row("PUT", "/me/inbox/push", (401, 403, 403, 403), body=subscribed),
    Row("POST", "/me/inbox/push/end", KEPT, body=lambda: {"endpoint": "https://push.example/1"}),
    Row("GET", "/messages/unread", MEMBERS),
    Row("GET", "/messages/recipients", MEMBERS, query="q=ol"),
    Row("GET", "/conversations", MEMBERS),
    Row("GET", "/people/{handle}/conversation", (401, 200, 422, 200)),
    Row("POST", "/people/{handle}/messages", (401, 201, 422, 201), body=said),
    Row("POST", "/videos/{video_id}/send", MEMBERS, "public", lambda: {"to": ["willa"]}),
    Row("POST", "/videos/{video_id}/send", (401, 404, 200, 404), "private", lambda: {"to": ["willa"]}),
    Row("POST", "/videos/{video_id}/send", (401, 404, 200, 404), "followers", lambda: {"to": ["willa"]}, 200),
    Row("GET", "/conversations/{conversation_id}", (401, 404, 200, 404), "conversation"),
    Row("GET", "/conversations/{conversation_id}/messages", (401, 404, 200, 404), "conversation"),
    Row(
        "POST",
        "/conversations/{conversation_id}/read",
        (401, 404, 200, 404),
        "conversation",
        lambda: {"message_id": "4k"},
    ),
    Row("POST", "/conversations/{conversation_id}/accept", (401, 404, 200, 404), "conversation"),
    Row("PUT", "/conversations/{conversation_id}/mute", (401, 404, 204, 404), "conversation"),
    Row("DELETE", "/conversations/{conversation_id}/mute", (401, 404, 204, 404), "conversation"),
    Row("DELETE", "/conversations/{conversation_id}", (401, 404, 204, 404), "conversation"),
    Row("DELETE", "/messages/{message_id}", (401, 404, 204, 404), "message"),
    Row("DELETE", "/messages/{message_id}", (401, 404, 403, 404), "answer"),
    Row("POST", "/messages/{message_id}/report", (401, 404, 403, 404), "message", lambda: {"reason": "spam"}),
    Row("POST", "/messages/{message_id}/report", (401, 404, 204, 404), "answer", lambda: {"reason": "spam"}),
    Row("GET", "/suggest/tags", MEMBERS, query="prefix=da"),
    Row("GET", "/suggest/people", MEMBERS, query="prefix=an"),
    Row("GET", "/search/top", ANYONE, query="q=video"),
    Row("GET", "/search/videos", ANYONE, query="q=video"),
    Row("GET", "/search/videos", MEMBERS, query="q=video&seen=liked"),
    Row("GET", "/search/people", ANYONE, query="q=olga"),
    Row("GET", "/search/sounds", ANYONE, query="q=original"),
    Row("GET", "/search/tags", ANYONE, query="q=dance"),
    Row("GET", "/search/suggest", ANYONE, query="q=ol"),
    Row("GET", "/explore", ANYONE),
    Row("GET", "/explore/topics", ANYONE),
    Row("GET", "/trends", ANYONE),
    Row("GET", "/tags/{tag}", ANYONE),
    Row("POST", "/events", (202, 202, 202, 202), body=watched),
]


@pytest.fixture
def people() -> dict[str, int | None]:
    return {
        VISITOR: None,
        OTHER: make_person("otto"),
        FOLLOWER: make_person("fanny"),
        OWNER: make_person("olga"),
        MODERATOR: make_person("mona", role=Role.MODERATOR),
    }


@pytest.fixture
def world(people) -> World:
    owner, writer = people[OWNER], make_person("willa")
    actions.follow_person(viewer=viewer_of(people[FOLLOWER]), handle="olga")
    public, private, followers = publish(owner), publish(owner), publish(owner, visibility="followers")
    comment = actions.write_comment(viewer=viewer_of(writer), video_id=public, text="hello").id
    private_comment = actions.write_comment(viewer=viewer_of(owner), video_id=private, text="note").id
    followers_comment = actions.write_comment(viewer=viewer_of(owner), video_id=followers, text="psst").id
    actions.add_filter_words(viewer=viewer_of(owner), words=["psst"])
    held_comment = actions.write_comment(viewer=viewer_of(writer), video_id=public, text="Psst!").id
    Video.objects.filter(pk=private).update(visibility="only_me")
    for video_id in (public, private, followers):
        videos.put_subtitles(viewer=viewer_of(owner), video_id=video_id, language="en", **read_along())
    videos.save_draft(viewer=viewer_of(owner), key=DRAFT, content=DraftContent(caption="soon"))
    unlisted = publish(owner, visibility="unlisted", may_download=False, commenters="friends")
    message = sending.send_message(viewer=viewer_of(owner), handle="willa", text="hello").id
    answer = sending.send_message(viewer=viewer_of(writer), handle="olga", text="hello you").id
    for key in RenditionFile.objects.values_list("key", flat=True):
        storage.put_bytes(key, b"film")
    return World(
        public=public,
        unlisted=unlisted,
        private=private,
        followers=followers,
        failed=publish(owner, state="failed"),
        binned=publish(owner, state="binned", state_before="published", binned_at=clock.now()),
        scheduled=schedule(owner, clock.now() + datetime.timedelta(hours=1)),
        sound=give_sound(owner, public),
        draft=0,
        hidden_sound=give_sound(owner, private),
        upload=media.start_upload(viewer=viewer_of(owner), length_bytes=5).id,
        followers_sound=give_sound(owner, followers),
        comment=comment,
        private_comment=private_comment,
        followers_comment=followers_comment,
        collection=actions.make_collection(viewer=viewer_of(owner), name="Mine"),
        public_collection=actions.make_collection(viewer=viewer_of(owner), name="Ours", is_public=True),
        held_comment=held_comment,
        conversation=messages.conversation_with(viewer=viewer_of(owner), handle="willa").id,
        message=message,
        answer=answer,
    )


def written() -> dict[str, int]:
    """How many rows this transaction has written so far to each table of the product, those taken back included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return {name: count for name, count in cursor.fetchall() if count and name not in _NOT_THE_PRODUCT}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", [*PEOPLE, FOLLOWER])
def test_who_may(who, people, world, subtests):
    person = people[who]
    cookies = Client().cookies if person is None else client_of(person).cookies
    for row in ROWS:
        with subtests.test(f"{row.method} {row.path} {row.about}".strip()), taken_back():
            client = Client()
            client.cookies = copy.deepcopy(cookies)
            body = row.body() if row.body else None
            before = written()

            response = client.generic(
                row.method,
                _address(row, world),
                b"" if body is None else orjson.dumps(body),
                content_type="application/json",
            )

            assert response.status_code == row.answer(who), response.content
            if response.status_code in REFUSED:
                assert written() == before, "a refusal changed something"


def _address(row: Row, world: World) -> str:
    short = ids.to_short(getattr(world, row.about)) if row.about else ""
    names = dict.fromkeys(("video_id", "comment_id", "sound_id", "upload_id", "collection_id"), short)
    names |= dict.fromkeys(("conversation_id", "message_id"), short)
    names.update(draft_id=str(DRAFT))
    path = row.path.format(**names, handle="olga", tag="dance", topic_id="1", language="en", kind="tag", target="cat")
    return f"/api/v1{path}" + (f"?{row.query}" if row.query else "")


def test_every_route_has_its_row():
    routes = {
        (method, path)
        for router in api._get_bound_routers()
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert routes == {(row.method, row.path) for row in ROWS}
