"""A viewer says what they want: no to a video, never to a topic, off with personalising, history away, an end set."""

import time
import uuid

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, eventually, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

CAPTIONS = ("First #dance", "Second #cooking", "Third #dance", "Fourth, a dog")


@pytest.fixture(scope="module", autouse=True)
def stocked(network: Network) -> Network:
    """Four clips by two people."""
    clip = make_clip(network.folder.parent / "clip.mp4")
    authors = [network.member("dora"), network.member("carl")]
    posted = [(authors[number % 2], caption) for number, caption in enumerate(CAPTIONS)]
    videos = [(author, author.post(clip, caption)) for author, caption in posted]
    for author, video_id in videos:
        author.wait_published(video_id)
    return network


def current(page: Page) -> Locator:
    """The slide that plays."""
    return page.locator("article:not([inert])")


def caption(page: Page) -> str:
    """What the slide that plays says."""
    return current(page).locator(".caption").inner_text()


def shown(page: Page) -> set[str]:
    """The captions of everything that the page's feed gives, as its viewer's own requests do."""
    found, cursor = set[str](), ""
    while cursor is not None:
        answer = page.request.get(f"/api/v1/feed/foryou?cursor={cursor}").json()
        found |= {item["caption"] for item in answer["items"]}
        cursor = answer["next_cursor"]
    return found


def watch(member: Member, video_ids: list[str]) -> None:
    """Let somebody watch these, as their app reports it."""
    now_ms = int(time.time() * 1000)
    events = [
        {"id": str(uuid.uuid4()), "kind": kind, "video_id": video_id, "at_ms": now_ms, "watch_ms": 900}
        for video_id in video_ids
        for kind in ("impression", "watch_ms")
    ]
    member.call("POST", "/api/v1/events", json={"events": events})


def test_not_interested_takes_a_video_away_and_undo_brings_it_back(page: Page) -> None:
    page.goto("/")
    unwanted = caption(page)
    current(page).get_by_role("button", name="More").click()
    page.get_by_role("dialog").get_by_role("button", name="Not interested").click()
    card = page.get_by_role("region", name="Not interested")
    expect(card).to_contain_text("You won\u2019t see it again.")
    expect(current(page).locator(".caption")).not_to_have_text(unwanted)
    eventually(lambda: unwanted not in shown(page), what="it is gone from the feed")
    assert complaints(page) == []
    card.get_by_role("button", name="Undo").click()
    expect(current(page).locator(".caption")).to_have_text(unwanted)
    expect(card).to_be_hidden()
    eventually(lambda: shown(page) == set(CAPTIONS), what="it is back in the feed")


def test_a_long_press_opens_the_menu_and_more_like_it_goes_in_one_tap(page: Page) -> None:
    page.goto("/")
    author = current(page).locator(".who a").inner_text()
    surface = current(page).get_by_role("button", name="Pause").or_(current(page).get_by_role("button", name="Play"))
    box = surface.bounding_box()
    assert box
    page.mouse.move(box["x"] + 100, box["y"] + 300)
    page.mouse.down()
    dialog = page.get_by_role("dialog", name="This video")
    expect(dialog).to_be_visible()
    page.mouse.up()
    dialog.get_by_role("button", name="Why this video").click()
    why = page.get_by_role("dialog", name="Why this video")
    expect(why.locator(".reason")).not_to_be_empty()
    expect(why.get_by_text("Score", exact=True)).to_be_visible()
    assert complaints(page) == []
    why.get_by_role("button", name=f"Nothing from {author}").click()
    card = page.get_by_role("region", name="Not interested")
    chip = card.get_by_role("button", name=f"Nothing from {author}")
    expect(chip).to_have_attribute("aria-pressed", "true")
    eventually(lambda: len(shown(page)) == len(CAPTIONS) // 2, what="half of the feed is gone")
    page.goto("/settings/feed")
    page.get_by_role("button", name=f"Undo: {author}").click()
    eventually(lambda: len(shown(page)) == len(CAPTIONS) - 1, what="only the one video stays away")
    page.get_by_role("button", name="Undo: ", exact=False).click()
    eventually(lambda: shown(page) == set(CAPTIONS), what="everything is back")


def test_never_is_kept_to_the_letter_and_a_muted_word_too(page: Page) -> None:
    page.goto("/settings/feed")
    dial = page.get_by_role("slider", name="Dance")
    for _ in range(2):
        dial.press("ArrowLeft")
    expect(dial).to_have_attribute("aria-valuetext", "Never")
    without_dance = {text for text in CAPTIONS if "dance" not in text}
    eventually(lambda: shown(page) == without_dance, what="no dance is shown")
    page.get_by_label("Word, words or #tag").fill("D0G")
    page.get_by_role("button", name="Mute", exact=True).click()
    expect(page.get_by_role("button", name="Unmute D0G")).to_be_visible()
    page.get_by_label("Word, words or #tag").fill("dog")
    page.get_by_role("button", name="Mute", exact=True).click()
    eventually(lambda: shown(page) == {"Second #cooking"}, what="no dog is shown")
    assert complaints(page) == []
    page.get_by_role("link", name="For You").first.click()
    expect(current(page).locator(".caption")).to_have_text("Second #cooking")


def test_the_switch_makes_for_you_everybodys_and_is_remembered(page: Page, stocked: Network) -> None:
    member = stocked.member("switcher")
    (video, *_) = member.call("GET", "/api/v1/feed/foryou").json()["items"]
    member.call("PUT", f"/api/v1/videos/{video['id']}/like")
    enter(page, member)
    page.goto("/")
    switch = page.get_by_role("switch", name="Personalised")
    expect(switch).to_be_checked()
    switch.click()
    expect(page.get_by_role("status").filter(has_text="the same for everybody")).to_be_visible()
    expect(switch).not_to_be_checked()
    page.reload()
    expect(page.get_by_role("switch", name="Personalised")).not_to_be_checked()
    stranger = httpx.get(f"{stocked.url}/api/v1/feed/foryou?personalised=off")
    assert page.request.get("/api/v1/feed/foryou").body() == stranger.content
    order = [item["id"] for item in stranger.json()["items"]]
    assert len(order) == len(CAPTIONS)
    while order[0] != video["id"]:  # to the video that was liked: the mark is there although the page carries none
        page.keyboard.press("ArrowDown")
        order.pop(0)
        page.wait_for_timeout(700)
    expect(current(page).get_by_role("button", name="Like")).to_have_attribute("aria-pressed", "true")


def test_history_lists_what_was_watched_and_forgets_it(page: Page, stocked: Network) -> None:
    member = stocked.member("watcher")
    watched = member.call("GET", "/api/v1/feed/foryou").json()["items"][:3]
    watch(member, [video["id"] for video in watched])
    enter(page, member)
    page.goto("/history")
    lines = page.get_by_role("main").get_by_role("listitem")
    expect(lines).to_have_count(3)
    page.get_by_role("searchbox", name="Search your history").fill(watched[1]["caption"][:5])
    expect(lines).to_have_count(1)
    page.get_by_role("button", name=f"Take out of your history: {watched[1]['caption']}").click()
    expect(page.get_by_text("Nothing you watched fits.")).to_be_visible()
    page.get_by_role("searchbox", name="Search your history").fill("")
    expect(lines).to_have_count(2)
    assert complaints(page) == []
    page.get_by_role("switch", name="Pause history").check()
    eventually(lambda: member.call("GET", "/api/v1/me/feed").json()["is_history_paused"], what="the history is paused")
    page.get_by_role("button", name="Forget everything").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget it").click()
    expect(page.get_by_text("Nothing here.")).to_be_visible()
    assert member.call("GET", "/api/v1/me/feed/history").json()["items"] == []


def test_a_visit_ends_where_it_was_set_to_end_and_goes_on_when_asked(page: Page) -> None:
    page.goto("/settings/feed")
    page.get_by_label("After some videos").check()
    page.get_by_role("spinbutton", name="Videos").fill("2")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Saved")).to_be_visible()
    page.goto("/")
    seen = set[str]()
    for _ in range(2):
        seen.add(caption(page))
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(700)
    end = page.get_by_role("article", name="End of the feed")
    expect(end).to_contain_text("That\u2019s it for now")
    expect(end).to_contain_text("after 2 videos")
    assert complaints(page) == []
    last = caption(page)
    end.get_by_role("button", name="Keep watching").click()
    expect(end).not_to_be_in_viewport()
    expect(current(page).locator(".caption")).not_to_have_text(last)
    for _ in range(2):
        seen.add(caption(page))
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(700)
    assert seen == set(CAPTIONS)
    expect(end).to_contain_text("That was everything")
