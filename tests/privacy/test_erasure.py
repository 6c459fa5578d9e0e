"""Deleting an account, and then reading every row of every table for what is left."""

import pathlib
import uuid

from django.apps import apps
from django.core.cache import cache
from django.db import connection

from revue.accounts import actions
from revue.events import actions as events
from revue.events.contracts import Event, Kind
from revue.inbox.messages import reports, sending
from revue.inbox.messages.contracts import ReportReason
from revue.platform import clock, ids, jobs
from revue.social import actions as social
from tests.accounts.conftest import Browser
from tests.accounts.pictures import picture
from tests.people import make_person, viewer_of

HANDLE, EMAIL, WORDS = "canary.bird", "canary@example.org", "canary words"


PASSING = {"platform_cache"}  # limits on guesses name accounts for minutes, and end by themselves


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        return [row[0] for row in cursor.fetchall() if row[0] not in PASSING]


def tables_with(word: str) -> list[str]:
    """Tables with a row in which a word stands, whatever the column."""
    found = []
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT 1 FROM "{table}" AS line WHERE line::text LIKE %s LIMIT 1', [f"%{word}%"])
            if cursor.fetchone():
                found.append(table)
    return found


def make_video(person: int) -> int:
    clip = apps.get_model("media", "Clip").objects.create(
        owner_id=person, original_key="originals/canary", original_sha256="0" * 64, original_bytes=1, state="ready"
    )
    video = apps.get_model("videos", "Video").objects.create(
        author_id=person, clip=clip, state="published", caption=WORDS, published_at=clock.now()
    )
    events.hold_video(video_id=video.pk)
    return int(video.pk)


def test_nothing_says_anything_about_a_deleted_person(db):
    cache.clear()
    browser = Browser()
    browser.sign_up(HANDLE, email=EMAIL)
    browser.send("POST", "/_allauth/browser/v1/auth/reauthenticate", {"password": "a-long-enough-secret"})
    person = apps.get_model("accounts", "Person").objects.get(handle=HANDLE).pk
    viewer, other = viewer_of(person), make_person("other")
    actions.set_avatar(viewer=viewer, image=picture())
    actions.update_profile(viewer=viewer, bio=WORDS)
    own, seen = make_video(person), make_video(other)
    social.follow_person(viewer=viewer, handle="other")
    social.follow_person(viewer=viewer_of(other), handle=HANDLE)
    social.like_video(viewer=viewer, video_id=seen)
    social.write_comment(viewer=viewer, video_id=seen, text="other words")
    sending.send_message(viewer=viewer, handle="other", text=WORDS)
    answer = sending.send_message(viewer=viewer_of(other), handle=HANDLE, text="other words").id
    reports.report_message(viewer=viewer, message_id=answer, reason=ReportReason.SPAM)
    now_ms = int(clock.now().timestamp() * 1000)
    report = [
        Event(id=uuid.uuid4(), kind=kind, video_id=seen, at_ms=now_ms) for kind in (Kind.IMPRESSION, Kind.PLAY_START)
    ]
    events.record_events(viewer=viewer, events=report)
    jobs.run_waiting()
    held = tables_with(str(person))
    assert {"accounts_person", "social_like", "social_comment", "media_clip", "videos_video", "inbox_message"} <= set(
        held
    )

    actions.delete_person(person_id=person)
    jobs.run_waiting()

    assert tables_with(str(person)) == []
    assert tables_with(HANDLE) == []
    assert tables_with(EMAIL) == []
    assert tables_with(str(own)) == []
    assert tables_with("other words") == []


def test_no_file_of_a_deleted_person_is_left(db, data_root: pathlib.Path):
    person = make_person(HANDLE)
    actions.set_avatar(viewer=viewer_of(person), image=picture())
    folder = data_root / "media" / "avatars" / ids.to_short(person)
    assert len(list(folder.iterdir())) == 2
    actions.delete_person(person_id=person)
    jobs.run_waiting()
    assert not folder.exists()
