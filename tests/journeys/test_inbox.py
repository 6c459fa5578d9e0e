"""Being told: a number that moves by itself, a list that is read, a browser that is told while the app is closed."""

import json
import os
import re
import signal
from collections.abc import Iterator
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.conftest import watched_phone
from tests.journeys.network import Member, Network, enter, eventually, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def creator(network: Network) -> Member:
    """Somebody with one video, of which they were told and have read."""
    ana = network.member("ana")
    ana.wait_published(ana.post(make_clip(network.folder.parent / "clip.mp4", seconds=2), "Tango"))
    newest = ana.call("GET", "/api/v1/me/inbox").json()["items"][0]
    assert newest["kind"] == "video_ready"
    ana.call("POST", "/api/v1/me/inbox/read", json={"up_to": newest["id"]})
    return ana


def video_of(member: Member) -> str:
    return member.call("GET", "/api/v1/me/videos").json()["items"][0]["id"]


def test_the_number_moves_while_somebody_watches_and_the_list_is_read_once(
    page: Page, network: Network, creator: Member
) -> None:
    enter(page, creator)
    with page.expect_response("**/live?topics=me*"):  # from then on it is told
        page.goto("/")
    way = page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox")
    expect(way).to_have_accessible_name("Inbox")
    ben = network.member("ben")
    video = video_of(creator)
    ben.call("PUT", f"/api/v1/videos/{video}/like")
    expect(way).to_have_accessible_name("Inbox 1 unread notice")
    ben.call("POST", f"/api/v1/videos/{video}/comments", json={"text": "Bravo @ana"})
    ben.call("PUT", f"/api/v1/videos/{video}/repost", json={})
    ben.call("PUT", "/api/v1/people/ana/follow")
    ben.call("PATCH", "/api/v1/me/privacy", json={"is_private": True})
    expect(way).to_have_accessible_name("Inbox 4 unread notices")

    way.click()
    new = page.get_by_role("region", name="New")
    expect(new.get_by_role("listitem")).to_have_count(4)
    expect(new).to_contain_text("@ben mentioned you in a comment.")
    expect(new).to_contain_text("@ben reposted your video.")
    expect(page.get_by_role("region", name="Today")).to_contain_text("Your video is out.")
    expect(way).to_have_accessible_name("Inbox")
    for theme in ("dark", "light"):
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        assert complaints(page) == []

    new.get_by_role("button", name="Follow back @ben").press("Enter")
    expect(new).to_contain_text("Requested")
    ben.call("PATCH", "/api/v1/me/privacy", json={"is_private": False})
    expect(new).to_contain_text("Friends")
    page.get_by_role("radio", name="Mentions").check()
    expect(page.get_by_role("listitem").filter(has_text="mentioned you")).to_have_count(1)
    page.get_by_role("radio", name="Security").check()
    expect(page.get_by_text("Nothing was changed about how you sign in.")).to_be_visible()
    page.get_by_role("radio", name="All").check()
    expect(page.get_by_role("region", name="New")).to_have_count(0)
    page.get_by_role("link", name=re.compile("mentioned you")).press("Enter")
    expect(page).to_have_url(re.compile(f"/@ana/{video}$"))


def test_what_came_before_the_web_process_was_killed_stands_in_the_number(
    page: Page, network: Network, creator: Member
) -> None:
    enter(page, creator)
    network.member("cleo").call("PUT", f"/api/v1/videos/{video_of(creator)}/like")
    for process in network.children("revue.cli web"):
        os.kill(process, signal.SIGKILL)
    eventually(network.is_ready, what="another process answers", seconds=60)
    page.goto("/settings")
    way = page.get_by_role("navigation", name="Main").get_by_role("link", name="Inbox")
    expect(way).to_have_accessible_name("Inbox 1 unread notice")


def test_what_is_told_is_set_and_a_visitor_is_asked_to_sign_in(page: Page, creator: Member) -> None:
    page.goto("/inbox")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    enter(page, creator)
    page.goto("/settings/notifications")
    likes = page.get_by_role("switch", name=re.compile("^Likes.*In the app"))
    likes.press("Space")
    expect(likes).not_to_be_checked()
    expect(page.get_by_role("switch", name=re.compile("^Security.*In the app"))).to_be_disabled()
    expect(page.get_by_text("Push messages on this device")).to_have_count(0)  # the owner has not wished it
    page.reload()
    expect(likes).not_to_be_checked()
    likes.press("Space")
    expect(likes).to_be_checked()
    assert complaints(page) == []


@pytest.fixture
def whole_page(whole_browser: Browser, network: Network) -> Iterator[Page]:
    with watched_phone(whole_browser, network) as page:
        yield page


def test_the_service_worker_shows_what_is_pushed_and_leads_there(
    whole_page: Page, network: Network, creator: Member
) -> None:
    page = whole_page
    page.context.grant_permissions(["notifications"], origin=network.url)
    enter(page, creator)
    page.goto("/settings")
    is_active = "async () => (await navigator.serviceWorker.ready).active.state === 'activated'"
    eventually(lambda: page.evaluate(is_active), what="the worker is active")
    session = page.context.new_cdp_session(page)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.extend(one["registrationId"] for one in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    eventually(lambda: page.evaluate("() => true") and registrations, what="the browser names the registration")
    told = {"title": "Revue", "body": "Ben liked your video.", "path": "/inbox", "tag": "1", "unread": 2}
    look = """async () => {
        const registration = await navigator.serviceWorker.ready;
        const [one] = await registration.getNotifications();
        return one ? { title: one.title, body: one.body, path: one.data } : null;
    }"""

    def push_until_shown() -> dict[str, str] | None:
        """As a push service does: again when it was not taken. The browser's answer does not say whether it was."""
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": network.url, "registrationId": registrations[-1], "data": json.dumps(told)},
        )
        for _ in range(50):
            page.wait_for_timeout(100)
            if shown := cast("dict[str, str] | None", page.evaluate(look)):
                return shown
        return None

    shown = eventually(push_until_shown, what="a message is shown")
    assert shown == {"title": "Revue", "body": "Ben liked your video.", "path": "/inbox"}
