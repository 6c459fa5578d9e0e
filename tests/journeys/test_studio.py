"""A creator keeps their videos in order: by the handful, in and out of the bin, at a time, and with new words."""

import datetime
import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, eventually, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

CAPTIONS = ("Tango", "Waltz", "Polka")
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def creator(network: Network) -> Member:
    """Somebody with three videos, one that could not be made, and one that waits for its time."""
    clip = make_clip(network.folder.parent / "clip.mp4", seconds=2)
    made = network.member("stella")
    published = [made.post(clip, caption) for caption in CAPTIONS]
    waiting = post_for(made, clip.read_bytes(), "Premiere", hours=24)
    post_for(made, b"no film at all", "Broken")
    for video_id in published:
        made.wait_published(video_id)
    eventually(lambda: made.status(waiting)["state"] == "scheduled", what="it waits for its time")
    return made


def post_for(member: Member, data: bytes, caption: str, *, hours: int | None = None) -> str:
    """Post a file, to go out in so many hours; returns the video's id."""
    upload = member.begin_upload(len(data))
    member.send(upload, data, 0)
    at = hours and (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours)).isoformat()
    body = {"upload_id": upload.rstrip("/").rpartition("/")[2], "caption": caption, "publish_at": at or None}
    return member.call("POST", "/api/v1/videos", json=body).json()["id"]


def clean(page: Page) -> None:
    """axe finds nothing, in either theme."""
    for theme in ("dark", "light"):
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        assert complaints(page) == []


def show(page: Page, heading: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{heading}")).check()


def line(page: Page, caption: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("checkbox", name=f"Select: {caption}"))


def test_by_keyboard_alone_several_change_hide_go_and_come_back(page: Page, creator: Member) -> None:
    enter(page, creator)
    page.goto("/@stella")
    page.get_by_role("button", name="Your videos").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your videos")
    expect(page.get_by_role("radio", name="All 5")).to_be_checked()
    expect(line(page, "Broken")).to_contain_text("not a video")
    expect(line(page, "Premiere")).to_contain_text("Goes out")
    page.get_by_role("checkbox", name="Select: Polka").focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(page.get_by_role("checkbox", name="Select: Waltz")).to_be_focused()
    bar = page.get_by_role("region", name="Selected videos")
    expect(bar).to_contain_text("2 selected")
    bar.get_by_role("button", name="Who can watch").focus()
    page.keyboard.press("Enter")
    audience = page.get_by_role("dialog").get_by_role("combobox", name="Who can watch")
    audience.focus()
    audience.press("o")  # Only me
    expect(audience).to_have_value("only_me")
    clean(page)
    page.get_by_role("dialog").get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("radio", name="Private 2")).to_be_attached()
    for caption in ("Polka", "Waltz"):
        expect(line(page, caption)).to_contain_text("Only me")

    page.get_by_role("checkbox", name="Select all shown").press("Space")
    expect(bar).to_contain_text("5 selected")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Select: Broken")).to_be_focused()
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    page.get_by_role("checkbox", name="Select: Tango").press("Space")
    page.get_by_role("checkbox", name="Select: Waltz").press("Space")
    bar.get_by_role("button", name="Delete").press("Enter")
    ask = page.get_by_role("dialog", name="Delete 2 videos?")
    expect(ask).to_contain_text("For 30 days")
    clean(page)
    ask.get_by_role("button", name="Delete").press("Enter")
    expect(line(page, "Tango")).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(line(page, "Tango")).to_be_visible()
    expect(page.get_by_role("radio", name="All 5")).to_be_attached()


def test_the_bin_hides_a_video_from_all_and_gives_it_back(page: Page, creator: Member, network: Network) -> None:
    enter(page, creator)
    page.goto("/studio")
    line(page, "Tango").get_by_role("link", name="Edit: Tango").click()
    address = page.url.removesuffix("/edit")
    assert httpx.get(address).status_code == httpx.codes.OK
    page.get_by_role("button", name="Delete video").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your videos")
    assert httpx.get(address).status_code == httpx.codes.GONE
    assert "Tango" not in httpx.get(f"{network.url}/@stella/feed.atom").text
    show(page, "Bin")
    expect(line(page, "Tango")).to_contain_text("30 days left")
    clean(page)
    line(page, "Tango").get_by_role("link").click()
    expect(page.get_by_role("heading", name="In the bin")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("link", name="Watch it")).to_be_visible()
    assert httpx.get(address).status_code == httpx.codes.OK
    page.goto("/studio")
    show(page, "Failed")
    page.get_by_role("checkbox", name="Select: Broken").check()
    page.get_by_role("region", name="Selected videos").get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Nothing went wrong.")).to_be_visible()
    show(page, "Bin")
    page.get_by_role("checkbox", name="Select: Broken").check()
    page.get_by_role("button", name="Delete for good").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("The bin is empty.")).to_be_visible()


def test_a_video_is_put_off_goes_out_and_shows_what_it_said_before(
    page: Page, creator: Member, network: Network
) -> None:
    page.set_viewport_size(DESKTOP)
    enter(page, creator)
    page.goto("/upload")
    page.locator("input[type=file]").first.set_input_files(network.folder.parent / "clip.mp4")
    page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill("Encore")
    page.get_by_role("radio", name="At a time").check()
    expect(page.get_by_label("Goes out")).not_to_have_value("")
    clean(page)
    page.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.get_by_role("heading", name="Goes out")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="All your videos").click()
    show(page, "Scheduled")
    expect(page.get_by_role("listitem").filter(has=page.get_by_role("checkbox"))).to_have_count(2)
    line(page, "Encore").get_by_role("link", name="Edit: Encore").click()
    later = datetime.datetime.now(datetime.UTC).astimezone() + datetime.timedelta(days=3)
    page.get_by_label("Goes out", exact=True).fill(later.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Change the time").click()
    expect(page.get_by_role("button", name="Change the time")).to_be_disabled()
    clean(page)
    page.get_by_role("button", name="Post now").click()
    expect(page.get_by_role("link", name="Watch it")).to_be_visible()
    page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill("Encore, once more")
    page.get_by_role("button", name="Save", exact=True).click()
    video_id = page.url.split("/")[-2]
    eventually(lambda: creator.status(video_id)["caption"] == "Encore, once more", what="the caption is saved")
    page.get_by_role("link", name="Watch it").click()
    page.get_by_role("button", name="edited").click()
    sheet = page.get_by_role("dialog", name="What it said before")
    expect(sheet.get_by_role("listitem")).to_have_count(2)
    expect(sheet.get_by_role("listitem").last).to_contain_text("Encore")
    clean(page)


def test_subtitles_are_sent_as_a_file_written_line_by_line_and_removed(page: Page, creator: Member) -> None:
    enter(page, creator)
    own = creator.call("GET", "/api/v1/me/videos").json()["items"]
    video_id = next(one["id"] for one in own if one["published_at"])
    page.goto(f"/@stella/{video_id}/edit")
    section = page.get_by_role("region", name="Subtitles")
    section.get_by_label("Language").select_option("de")
    srt = "1\n00:00:00,000 --> 00:00:01,000\nSalz & Pfeffer\n"
    section.get_by_label("Choose a file").set_input_files(
        {"name": "de.srt", "mimeType": "application/x-subrip", "buffer": srt.encode()}
    )
    german = section.get_by_role("listitem").filter(has_text="German")
    expect(german).to_be_visible()

    section.get_by_label("Language").select_option("en")
    section.get_by_role("button", name="Write them here").click()
    words = section.get_by_label("Line 1 says")
    expect(words).to_be_focused()  # the keyboard alone is enough from here on
    page.keyboard.type("Salt & <pepper>")
    section.get_by_label("Line 1 shows until").fill("0:00")
    expect(section.get_by_role("button", name="Save subtitles")).to_be_disabled()
    expect(section.get_by_role("alert")).to_contain_text("to a later one")
    section.get_by_label("Line 1 shows until").fill("0:01.5")
    section.get_by_role("button", name="Add a line").press("Enter")
    expect(section.get_by_label("Line 2 says")).to_be_focused()
    page.keyboard.type("and more")
    expect(section.get_by_label("Line 2 shows from")).to_have_value("0:01.5")
    assert _shown_over(page) == ["Salt & <pepper>", "and more"]
    clean(page)
    section.get_by_role("button", name="Save subtitles").click()
    expect(section.get_by_role("listitem")).to_have_count(2)
    vtt = creator.call("GET", f"/api/v1/videos/{video_id}/subtitles/en").text
    assert "00:00:01.500 --> 00:00:03.500\nand more" in vtt
    assert "Salt &amp; &lt;pepper&gt;" in vtt

    section.get_by_role("button", name="Edit German").click()
    expect(section.get_by_label("Line 1 says")).to_have_value("Salz & Pfeffer")
    section.get_by_role("button", name="Cancel").click()
    section.get_by_role("button", name="Remove German").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(german).to_have_count(0)
    clean(page)
    items = creator.call("GET", f"/api/v1/videos/{video_id}/subtitles").json()["items"]
    assert [one["language"] for one in items] == ["en"]


def _shown_over(page: Page) -> list[str]:
    """What the browser has read of the subtitles in the editor."""
    read = "video => [...video.textTracks[0].cues].map(cue => cue.getCueAsHTML().textContent)"
    return page.get_by_label("The video", exact=True).evaluate(read)
