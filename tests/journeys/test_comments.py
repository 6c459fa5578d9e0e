"""Two people talk under a video: threads, names, likes, pins, edits, and what a creator reads before others do."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.axe import complaints
from tests.journeys.network import Member, Network, enter, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]
DESKTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="module")
def creator(network: Network) -> Member:
    """Somebody with a video."""
    made = network.member("carla")
    made.wait_published(made.post(make_clip(network.folder.parent / "clip.mp4"), "Cancan"))
    return made


@pytest.fixture(scope="module")
def fan(network: Network) -> Member:
    return network.member("felix")


def video_of(creator: Member) -> str:
    return str(creator.call("GET", "/api/v1/me/videos").json()["items"][0]["id"])


def said_by(member: Member, video_id: str, text: str, **more: object) -> str:
    answer = member.call("POST", f"/api/v1/videos/{video_id}/comments", json={"text": text, **more})
    return str(answer.json()["id"])


def open_comments(page: Page, creator: Member) -> Locator:
    """The open comments of the creator's video, a sheet or a panel."""
    page.goto(f"/@carla/{video_of(creator)}")
    page.locator("article:not([inert])").first.get_by_role("button", name=re.compile("^Comments")).click()
    return page.get_by_role("dialog", name="Comments").or_(page.get_by_role("complementary", name="Comments"))


def line(talk: Locator, text: str) -> Locator:
    """One comment."""
    return talk.locator("article").filter(has_text=text)


def more_about(page: Page, comment: Locator, act: str) -> None:
    comment.get_by_role("button", name=re.compile("^More about")).click()
    page.get_by_role("dialog", name="This comment").get_by_role("button", name=re.compile(f"^{act}")).click()


def test_what_one_says_the_other_likes_answers_and_pins_at_once(page: Page, creator: Member, fan: Member) -> None:
    video_id = video_of(creator)
    enter(page, fan)
    talk = open_comments(page, creator)
    expect(talk.get_by_text("No comments yet.")).to_be_visible()
    box = talk.get_by_role("textbox", name="Add a comment")
    box.press_sequentially("Bravo @car")
    talk.get_by_role("option", name=re.compile("carla")).click()
    expect(box).to_have_value("Bravo @carla ")
    talk.get_by_role("toolbar", name="Emoji").get_by_role("button", name="👏").click()
    box.press("Enter")
    bravo = line(talk, "Bravo")
    expect(bravo).to_contain_text("Bravo @carla 👏")
    expect(bravo.get_by_role("link", name="@carla", exact=True)).to_have_attribute("href", "/@carla")

    (comment,) = creator.call("GET", f"/api/v1/videos/{video_id}/comments").json()["items"]
    said_by(creator, video_id, "Thank you", reply_to=comment["id"])
    for act in ("like", "pin"):
        creator.call("PUT", f"/api/v1/comments/{comment['id']}/{act}")
    expect(bravo).to_contain_text("Liked by creator")
    expect(bravo).to_contain_text("Pinned")
    talk.get_by_role("button", name="View 1 reply").click()
    thanks = line(talk, "Thank you")
    expect(thanks).to_contain_text("Creator")
    thanks.get_by_role("button", name=re.compile("^Like the comment")).click()
    expect(thanks.get_by_role("button", name=re.compile("^Like the comment of .*, 1"))).to_be_visible()
    thanks.get_by_role("button", name=re.compile("^Reply to")).click()
    expect(box).to_have_value("@carla ")
    assert complaints(page) == []
    box.press_sequentially("Again")
    talk.get_by_role("button", name="Post", exact=True).click()
    expect(line(talk, "@carla Again")).to_be_visible()

    more_about(page, bravo, "Edit")
    expect(box).to_have_value("Bravo @carla 👏")
    box.fill("Bravissimo")
    talk.get_by_role("button", name="Save").click()
    edited = line(talk, "Bravissimo")
    expect(edited).to_contain_text("Edited")
    more_about(page, edited, "What it said before")
    before = page.get_by_role("dialog", name="What it said before")
    expect(before).to_contain_text("Bravo @carla 👏")
    assert before.evaluate("it => it.offsetHeight") < 300, "a sheet over a tall one is as tall as what is in it"
    before.get_by_role("button", name="Close").click()

    creator.call("DELETE", f"/api/v1/comments/{comment['id']}")
    expect(talk.get_by_text("This comment was deleted")).to_be_visible()
    expect(thanks).to_be_visible()


def test_a_creator_holds_back_approves_and_deletes_several_by_keyboard(
    page: Page, creator: Member, fan: Member
) -> None:
    video_id = video_of(creator)
    page.set_viewport_size(DESKTOP)
    enter(page, creator)
    page.goto("/settings/comments")
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    page.get_by_role("textbox", name="Words, with commas between").fill("spoiler, the end")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take off: spoiler")).to_be_visible()
    said_by(fan, video_id, "Now a sp.oil.er")
    said_by(fan, video_id, "This is the END")
    said_by(fan, video_id, "Just lovely")
    waiting = page.get_by_role("checkbox", name=re.compile("^Select: "))
    expect(waiting).to_have_count(2)
    page.get_by_role("checkbox", name="Select: This is the END").press("Space")
    assert complaints(page) == []
    page.get_by_role("button", name="Approve").press("Enter")
    expect(waiting).to_have_count(1)

    talk = open_comments(page, creator)
    expect(line(talk, "Now a sp.oil.er")).to_contain_text("Waits for you")
    talk.get_by_role("radio", name="Newest").press("Space")
    expect(talk.locator("article").filter(has_text=re.compile("lovely|END")).first).to_contain_text("Just lovely")
    more_about(page, line(talk, "Just lovely"), "Select several")
    bar = talk.get_by_role("region", name="Selected comments")
    expect(bar).to_contain_text("1 selected")
    talk.get_by_role("checkbox", name="Select: Now a sp.oil.er").press("Space")
    assert complaints(page) == []
    bar.get_by_role("button", name="Delete").press("Enter")
    page.get_by_role("dialog", name="Delete 2 comments?").get_by_role("button", name="Delete").press("Enter")
    expect(line(talk, "Just lovely")).to_have_count(0)
    expect(line(talk, "Now a sp.oil.er")).to_have_count(0)
    expect(line(talk, "This is the END")).to_be_visible()
