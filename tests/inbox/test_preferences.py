"""What people want to be told, and the weekly mail."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from revue.inbox.models import Preferences
from revue.inbox.notifications import digest, policy, preferences
from revue.inbox.notifications.contracts import QuietHours
from revue.inbox.notifications.errors import BadQuietHours, NoProvedEmail
from revue.platform import clock
from revue.social import actions as social
from tests.people import client_of, make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    person = make_person("ana", email="ana@example.org")
    EmailAddress.objects.filter(user_id=person).update(verified=True)
    return person


def at(hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 7, 1, hour, minute, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("now", "hours", "age", "is_quiet"),
    [
        (at(21), QuietHours(22 * 60, 8 * 60, "Europe/Berlin"), None, True),  # 23:00 there
        (at(5, 59), QuietHours(22 * 60, 8 * 60, "Europe/Berlin"), None, True),
        (at(6), QuietHours(22 * 60, 8 * 60, "Europe/Berlin"), None, False),
        (at(12), QuietHours(12 * 60, 13 * 60, "UTC"), None, True),
        (at(13), QuietHours(12 * 60, 13 * 60, "UTC"), None, False),
        (at(21), None, 15, True),
        (at(21), None, 17, False),
        (at(23), None, 17, True),
        (at(23), None, 18, False),
        (at(23), QuietHours(12 * 60, 13 * 60, "UTC"), 15, True),
    ],
)
def test_quiet_hours_are_those_of_the_place_and_the_young_sleep(now, hours, age, is_quiet):
    time_zone = hours.time_zone if hours else ""
    assert policy.is_quiet(now, quiet=hours, time_zone=time_zone, age=age) is is_quiet


@pytest.mark.parametrize(
    "hours", [QuietHours(60, 60, "UTC"), QuietHours(0, 1440, "UTC"), QuietHours(0, 60, "Nowhere/At_all")]
)
def test_hours_that_are_none_are_refused(ana, hours):
    with pytest.raises(BadQuietHours):
        preferences.change(viewer=viewer_of(ana), quiet=hours)


def test_the_api_reads_and_sets_parts_of_it(ana):
    client, path = client_of(ana), "/api/v1/me/inbox/settings"
    before = client.get(path).json()
    assert before == {
        "hidden": [],
        "not_pushed": ["likes"],
        "quiet": None,
        "wants_digest": False,
        "may_have_digest": True,
        "push_key": None,
    }
    quiet = {"start": "22:30", "end": "07:00", "time_zone": "Europe/Berlin"}
    changes = {"quiet": quiet, "hidden": ["mentions"]}
    assert client.patch(path, changes, content_type="application/json").json() == before | changes
    after = client.patch(path, {"quiet": None}, content_type="application/json").json()
    assert after == before | {"hidden": ["mentions"]}


def test_a_weekly_mail_goes_once_a_week_to_those_who_asked_and_have_not_read(ana, run_jobs):
    viewer = viewer_of(ana)
    preferences.change(viewer=viewer, wants_digest=True)
    ben = make_person(name="Ben")
    assert digest.send_due() == 1
    run_jobs()
    assert mail.outbox == []  # there is nothing to tell
    social.write_comment(viewer=viewer_of(ben), video_id=publish(ana), text="Bravo")
    assert digest.send_due() == 0
    Preferences.objects.update(digest_at=clock.now() - datetime.timedelta(days=7))
    assert (digest.send_due(), digest.send_due()) == (1, 0)
    run_jobs()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ana@example.org"], "Your week on Revue")
    assert "- Ben commented on your video: Bravo" in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_link_in_the_mail_stops_it_with_one_request_and_without_a_session(ana):
    preferences.change(viewer=viewer_of(ana), wants_digest=True)
    social.follow_person(viewer=viewer_of(make_person()), handle="ana")
    stop_url = digest.digest_of(person_id=ana).stop_url
    path = re.sub(r"^https?://[^/]+", "", stop_url)
    stranger = Client(enforce_csrf_checks=True)
    assert b"Stop it" in stranger.get(path).content
    assert Preferences.objects.get(pk=ana).wants_digest
    for _ in range(2):
        assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Preferences.objects.get(pk=ana).wants_digest
    assert stranger.post(f"{path}x").status_code == 404


def test_the_mail_is_in_the_language_in_which_it_was_asked_for(ana):
    browser = client_of(ana)
    asked = {"wants_digest": True}
    browser.patch("/api/v1/me/inbox/settings", asked, "application/json", headers={"Accept-Language": "de-AT,en;q=0.5"})
    video_id = publish(ana)
    for name in ("Ben", "Carla", "Dana"):
        social.like_video(viewer=viewer_of(make_person(name.lower(), name=name)), video_id=video_id)
    found = digest.digest_of(person_id=ana)
    assert found.subject == "Deine Woche auf Revue"
    assert "gef\u00e4llt dein Video." in found.body
    assert "und 1 weitere Person" in found.body
    assert "Abbestellen: " in found.body


def test_a_mail_needs_an_address_that_is_proved():
    with pytest.raises(NoProvedEmail):
        preferences.change(viewer=viewer_of(make_person(email="x@example.org")), wants_digest=True)
