"""Every page, sheet and card of the web app: how a person comes there, on a network with two clips by `ana`."""

import dataclasses
import re
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys.network import Member, Network, enter, eventually, make_clip
from tests.journeys.still import open_and_rest, resting

Go = Callable[[Page, Network], None]
SUBTITLES = """WEBVTT

00:00.000 --> 00:03.000
And now the one step
that nobody in the troupe has ever got right
"""


@dataclasses.dataclass(frozen=True)
class Place:
    """Somewhere in the app."""

    name: str
    go: Go
    is_members: bool = False  # for somebody who is signed in: ana


def stock(network: Network) -> None:
    """Two clips by one person, with comments; another follows the person and asks to write; with a third they write."""
    member = network.member("ana")
    ben = network.member("ben")
    ben.call("PUT", "/api/v1/people/ana/follow")
    clip = make_clip(network.folder.parent / "clip.mp4")
    ids = [member.post(clip, f"Clip {number} #accessible @ana") for number in range(2)]
    for video_id in ids:
        member.wait_published(video_id)
        member.call("PUT", f"/api/v1/videos/{video_id}/subtitles/en", json={"text": SUBTITLES})
        said = f"/api/v1/videos/{video_id}/comments"
        first = member.call("POST", said, json={"text": "Lovely #day"}).json()["id"]
        member.call("POST", said, json={"text": "Is it not? @ana", "reply_to": first})
        member.call("PUT", f"/api/v1/comments/{first}/like")
        member.call("PUT", f"/api/v1/comments/{first}/pin")
    ben.call("POST", "/api/v1/people/ana/messages", json={"text": "Would you teach me this step?"})
    _talk(member, network.member("cleo"), ids[0])


def _talk(ana: Member, cleo: Member, video_id: str) -> None:
    """What two people write to each other, with a video."""
    ana.call("POST", f"/api/v1/videos/{video_id}/send", json={"to": ["cleo"], "text": "Look what I made"})
    for text in ("Wonderful! How long did that take?", "And may I use the sound? https://example.org/why-not"):
        cleo.call("POST", "/api/v1/people/ana/messages", json={"text": text})
    taken = ana.call("POST", "/api/v1/people/cleo/messages", json={"text": "Never"}).json()["id"]
    ana.call("DELETE", f"/api/v1/messages/{taken}")
    ana.call("POST", "/api/v1/people/cleo/messages", json={"text": "All of Sunday. Of course you may \U0001f642"})


def arrive(page: Page, network: Network, place: Place) -> None:
    """Go there and wait until it stands still."""
    if place.is_members:
        enter(page, network.members[0])
    with resting(page):
        place.go(page, network)


def at(path: str) -> Go:
    """The page at an address."""

    def go(page: Page, _: Network) -> None:
        page.goto(path)

    return go


def _feed(page: Page) -> Locator:
    """The slide in front."""
    open_and_rest(page, "/")
    page.wait_for_function("() => [...document.querySelectorAll('video')].some((v) => !v.paused)")
    return page.locator("article:not([inert])").first


def _subtitles(page: Page, _: Network) -> None:
    expect(_feed(page).get_by_text("And now the one step")).to_be_visible()


def _press(key: str) -> Go:
    """What a key opens over the feed."""

    def go(page: Page, _: Network) -> None:
        _feed(page)
        page.keyboard.press(key)

    return go


def _comments(page: Page, network: Network) -> None:
    _press("c")(page, network)
    expect(page.get_by_text("Lovely #day").first).to_be_visible()


def _comment_menu(page: Page, network: Network) -> None:
    _comments(page, network)
    page.get_by_role("button", name="View 1 reply").click()
    page.get_by_role("button", name=re.compile("^More about the comment")).first.click()
    expect(page.get_by_role("dialog", name="This comment")).to_be_visible()


def _select_comments(page: Page, network: Network) -> None:
    _comment_menu(page, network)
    page.get_by_role("button", name="Select several").click()
    expect(page.get_by_role("region", name="Selected comments")).to_be_visible()


def _menu(*buttons: str) -> Go:
    """The menu of a clip, and what its buttons lead to."""

    def go(page: Page, _: Network) -> None:
        _feed(page).get_by_role("button", name="More").click()
        for name in buttons:
            page.get_by_role("dialog").get_by_role("button", name=name).click()

    return go


def _end(page: Page, _: Network) -> None:
    _feed(page)
    for _step in range(3):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(900)
    expect(page.locator("article.end")).to_be_visible()


def _own_video(network: Network) -> tuple[str, dict[str, object]]:
    """The id of a video of ana's and the sound it brought."""
    member = network.members[0]
    video_id = member.call("GET", "/api/v1/me/videos").json()["items"][0]["id"]
    sound = eventually(lambda: member.status(video_id)["sound"], what="it has a sound")
    return video_id, sound  # type: ignore[return-value]


def _sound(page: Page, network: Network) -> None:
    page.goto(f"/sound/{_own_video(network)[1]['id']}")
    expect(page.get_by_role("button", name="Use this sound")).to_be_visible()


def _pick_videos(page: Page, _: Network) -> None:
    page.goto("/studio")
    expect(page.get_by_role("checkbox", name=re.compile("^Select: Clip")).first).to_be_visible()
    page.get_by_role("checkbox", name="Select all shown").check()
    expect(page.get_by_role("region", name="Selected videos")).to_be_visible()


def _edit_sound(page: Page, network: Network) -> None:
    _sound(page, network)
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _edit(page: Page, network: Network) -> None:
    page.goto(f"/@ana/{_own_video(network)[0]}/edit")
    expect(page.get_by_role("button", name="Another sound")).to_be_visible()


def _write_subtitles(page: Page, network: Network) -> None:
    _edit(page, network)
    page.get_by_role("button", name="Write them here").click()
    page.get_by_label("Line 1 says").fill("Salt, pepper and a very long line that has to be broken somewhere")
    page.get_by_role("button", name="Add a line").click()
    page.get_by_role("heading", name="Subtitles").scroll_into_view_if_needed()


def _pick_sound(page: Page, network: Network) -> None:
    _edit(page, network)
    page.get_by_role("button", name="Another sound").click()
    page.get_by_role("tab", name="Mine").click()
    expect(page.get_by_role("button", name=re.compile("^Use Original sound")).first).to_be_visible()


def _trim_sound(page: Page, network: Network) -> None:
    _pick_sound(page, network)
    page.get_by_role("button", name=re.compile("^Use Original sound")).first.click()
    expect(page.get_by_role("slider", name="Begins at")).to_be_visible()


def _forget(page: Page, _: Network) -> None:
    page.goto("/history")
    page.get_by_role("button", name="Forget everything").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _share(page: Page, _: Network) -> None:
    _feed(page).get_by_role("button", name=re.compile("^Share")).click()
    expect(page.get_by_role("dialog", name="Share")).to_be_visible()


def _shared(button: str) -> Go:
    """What a button of the share menu leads to."""

    def go(page: Page, network: Network) -> None:
        _share(page, network)
        page.get_by_role("dialog").get_by_role("button", name=button).click()

    return go


def _save(page: Page, _: Network) -> None:
    front = _feed(page)
    if front.get_by_role("button", name=re.compile("^Save")).get_attribute("aria-pressed") == "true":
        front.get_by_role("button", name=re.compile("^Save")).click()
    front.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_role("dialog", name="Save to …").get_by_text("In no collection")).to_be_visible()


def _collection(page: Page, network: Network) -> None:
    ana = network.members[0]
    made = ana.call("POST", "/api/v1/me/collections", json={"name": "Steps to learn"}).json()["id"]
    for item in ana.call("GET", "/api/v1/me/videos").json()["items"]:
        ana.call("PUT", f"/api/v1/videos/{item['id']}/save")
        ana.call("POST", "/api/v1/me/saves/move", json={"ids": [item["id"]], "collection_id": made})
    page.goto(f"/collection/{made}")
    page.get_by_role("button", name="Select").click()
    page.get_by_role("checkbox").first.check()


def _code(page: Page, _: Network) -> None:
    page.goto("/@ana")
    page.get_by_role("button", name="QR code").click()
    expect(page.get_by_role("dialog", name="QR code").get_by_role("img")).to_have_js_property("complete", True)


def _type_search(page: Page, _: Network) -> None:
    page.goto("/search")
    page.get_by_role("combobox", name="Search").press_sequentially("acc")
    expect(page.get_by_role("option", name=re.compile("#accessible"))).to_be_visible()


def _filters(page: Page, _: Network) -> None:
    page.goto("/search?q=clip&tab=videos")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("dialog", name="Filters")).to_be_visible()


def _recent(page: Page, _: Network) -> None:
    page.goto("/search?q=clip")
    expect(page.get_by_role("tab", name="Top")).to_be_visible()
    page.goto("/search")
    expect(page.get_by_role("button", name="Remove clip")).to_be_visible()


def _crop(page: Page, network: Network) -> None:
    page.goto("/settings/profile")
    picture = network.folder.parent / "picture.png"
    Image.new("RGB", (640, 360), "teal").save(picture)
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("slider", name="Zoom")).to_be_visible()


def _followers(page: Page, _: Network) -> None:
    page.goto("/@ana")
    page.get_by_role("button", name=re.compile("Follower")).click()
    expect(page.get_by_role("dialog", name="Followers").get_by_role("link", name=re.compile("@ben"))).to_be_visible()


def _person(page: Page, _: Network) -> None:
    page.goto("/@ben")
    page.get_by_role("button", name="More").click()
    expect(page.get_by_role("dialog", name="@ben")).to_be_visible()


def _conversation(name: str) -> Go:
    """The messages with somebody."""

    def go(page: Page, _: Network) -> None:
        page.goto(f"/messages/@{name}")
        expect(page.get_by_role("log", name=f"Messages with @{name}").get_by_role("paragraph").first).to_be_visible()

    return go


def _requests(page: Page, _: Network) -> None:
    page.goto("/messages")
    page.get_by_role("tab", name=re.compile("^Requests")).click()
    expect(page.get_by_role("link", name=re.compile("@ben"))).to_be_visible()


def _conversation_menu(page: Page, network: Network) -> None:
    _conversation("cleo")(page, network)
    page.get_by_role("button", name="More about this conversation").click()
    expect(page.get_by_role("dialog", name="@cleo")).to_be_visible()


def _message_menu(page: Page, network: Network) -> None:
    _conversation("cleo")(page, network)
    page.get_by_role("button", name="More about the message of @cleo").first.press("Enter")
    expect(page.get_by_role("dialog", name="This message")).to_be_visible()


def _report_message(page: Page, network: Network) -> None:
    _message_menu(page, network)
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_role("radio", name="Spam")).to_be_visible()


def _new_message(page: Page, _: Network) -> None:
    page.goto("/messages")
    page.get_by_role("button", name="New message").first.click()
    expect(page.get_by_role("dialog", name="New message").get_by_role("button", name="@cleo")).to_be_visible()


def _send_to(page: Page, network: Network) -> None:
    _share(page, network)
    page.get_by_role("list", name="Send to").get_by_role("button", name="cleo").click()
    expect(page.get_by_role("dialog", name="Send to").get_by_role("checkbox", name=re.compile("@cleo"))).to_be_checked()


SETTINGS = (
    *("profile", "security", "email", "sessions", "notifications", "storage", "privacy", "people"),
    *("feed", "comments", "appearance", "language", "playback", "accessibility"),
)
PLACES = (
    Place("feed", lambda page, _: _feed(page) and None),
    Place("subtitles", _subtitles),
    Place("following of a visitor", at("/following")),
    Place("profile", at("/@ana")),
    Place("tag", at("/tag/accessible")),
    Place("search", at("/search?q=clip")),
    *(Place(f"search, {one}", at(f"/search?q=ana&tab={one}")) for one in ("videos", "people", "sounds", "tags")),
    Place("search, nothing", at("/search?q=zebra")),
    Place("search, typing", _type_search),
    Place("search, filters", _filters),
    Place("search, recent", _recent),
    Place("explore", at("/explore")),
    Place("trends", at("/trends")),
    Place("upload of a visitor", at("/upload")),
    Place("inbox of a visitor", at("/inbox")),
    Place("messages of a visitor", at("/messages")),
    Place("settings of a visitor", at("/settings")),
    Place("settings of the feed", at("/settings/feed")),
    Place("sign in", at("/sign-in")),
    Place("no such page", at("/nowhere/at/all")),
    Place("comments", _comments),
    Place("menu of a comment", _comment_menu),
    Place("sign-up sheet", _press("l")),
    Place("keys", _press("?")),
    Place("menu of a clip", _menu()),
    Place("why this video", _menu("Why this video")),
    Place("not interested", _menu("Not interested")),
    Place("share", _share),
    Place("QR code of a video", _shared("QR code")),
    Place("repost", _shared("Repost")),
    Place("QR code", _code),
    Place("followers", _followers),
    Place("end of the feed", _end),
    *(
        Place(path, at(path), is_members=True)
        for path in ("/following", "/@ana", "/upload", "/history", "/studio", "/inbox")
    ),
    Place("messages", at("/messages"), is_members=True),
    Place("messages, requests", _requests, is_members=True),
    Place("messages, new", _new_message, is_members=True),
    Place("conversation", _conversation("cleo"), is_members=True),
    Place("conversation, menu", _conversation_menu, is_members=True),
    Place("request of somebody to write", _conversation("ben"), is_members=True),
    Place("message, menu", _message_menu, is_members=True),
    Place("message, report", _report_message, is_members=True),
    Place("share, as a member", _share, is_members=True),
    Place("share, send to", _send_to, is_members=True),
    Place("settings", at("/settings"), is_members=True),
    *(Place(f"settings, {one}", at(f"/settings/{one}"), is_members=True) for one in SETTINGS),
    Place("what to do about a person", _person, is_members=True),
    Place("crop a picture", _crop, is_members=True),
    Place("sound", _sound, is_members=True),
    Place("edit a sound", _edit_sound, is_members=True),
    Place("collection", _collection, is_members=True),
    Place("saved", at("/@ana#saves"), is_members=True),
    Place("save to a collection", _save, is_members=True),
    Place("edit a video", _edit, is_members=True),
    Place("write subtitles", _write_subtitles, is_members=True),
    Place("several videos", _pick_videos, is_members=True),
    Place("comments of one's own video", _comment_menu, is_members=True),
    Place("several comments", _select_comments, is_members=True),
    Place("choose a sound", _pick_sound, is_members=True),
    Place("trim a sound", _trim_sound, is_members=True),
    Place("forget the history", _forget, is_members=True),
)
