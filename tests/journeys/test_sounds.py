"""A sound's evening: heard in one video, used in another, muted by a moderator, replaced by its author."""

import pathlib
import re
import subprocess

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.network import Member, Network, enter, eventually, make_clip

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]

IS_PLAYING = "() => [...document.querySelectorAll('video')].some((v) => !v.paused && v.currentTime > 0.05)"


def finished(member: Member, video_id: str) -> dict[str, object]:
    """Wait until everything of a video is made."""
    member.wait_published(video_id)
    return eventually(
        lambda: (status := member.status(video_id))["progress"] == 100 and status["sound"] and status,
        what=f"{video_id} has its sound",
    )


def test_a_sound_is_used_muted_and_replaced(page: Page, network: Network, tmp_path: pathlib.Path) -> None:
    ana, ben = network.member("sound.ana"), network.member("sound.ben")
    origin = ana.post(make_clip(tmp_path / "ana.mp4", seconds=6, tone=392), "The first to sing it")
    finished(ana, origin)

    enter(page, ben)
    page.goto(f"/@sound.ana/{origin}")
    page.locator("article:not([inert])").get_by_role("link", name="Sound: Original sound · @sound.ana").click()
    expect(page.get_by_role("link", name=re.compile("^Original .*The first to sing it"))).to_be_visible()
    page.get_by_role("button", name="Play Original sound · @sound.ana").click()
    expect(page.get_by_role("button", name="Stop Original sound · @sound.ana")).to_be_visible()
    page.get_by_role("button", name="Use this sound").click()
    expect(page.get_by_text("With “Original sound · @sound.ana”")).to_be_visible()
    page.locator("input[type=file]").set_input_files(make_clip(tmp_path / "ben.mp4", tone=200))
    page.get_by_role("slider", name="Begins at").fill("1500")
    page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill("I sing it too")
    page.get_by_role("button", name="Post", exact=True).click()
    page.get_by_role("link", name="Watch your video").click(timeout=60_000)
    page.wait_for_function(IS_PLAYING)
    sound = page.locator("article:not([inert])").get_by_role("link", name="Sound: Original sound · @sound.ana")
    expect(sound).to_be_visible()
    (mine,) = ben.call("GET", "/api/v1/me/videos").json()["items"]
    assert mine["uses_sound"]

    moderator = admin_of(network)
    enter(page, moderator)
    page.goto(f"/sound/{mine['sound']['id']}")
    page.get_by_role("button", name="Mute").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Reason").fill("The singer asked for it.")
    dialog.get_by_role("button", name="Mute").click()
    expect(page.get_by_text("This sound is muted.")).to_be_visible()

    enter(page, ben)
    page.goto(f"/@sound.ben/{mine['id']}/edit")
    expect(page.get_by_text("The singer asked for it.")).to_be_visible()
    is_silent = eventually(
        lambda: not ben.call("GET", f"/api/v1/videos/{mine['id']}").json()["has_audio"], what="it is silent"
    )
    assert is_silent
    page.reload()
    page.get_by_role("button", name="As it was recorded").click(timeout=30_000)
    eventually(lambda: ben.call("GET", f"/api/v1/videos/{mine['id']}").json()["has_audio"], what="it is heard again")
    assert not ben.status(mine["id"])["uses_sound"]


def test_a_video_is_edited_and_its_file_replaced(page: Page, network: Network, tmp_path: pathlib.Path) -> None:
    ana = network.member("edit.ana")
    video_id = ana.post(make_clip(tmp_path / "a.mp4", seconds=5), "Befor")
    before = finished(ana, video_id)
    enter(page, ana)
    page.goto(f"/@edit.ana/{video_id}")
    page.locator("article:not([inert])").get_by_role("link", name="Edit your video").click()
    page.get_by_role("textbox", name=re.compile("caption", re.IGNORECASE)).fill("Before")
    page.get_by_role("button", name="Save").click()
    eventually(lambda: ana.status(video_id)["caption"] == "Before", what="the caption is saved")
    page.get_by_role("slider", name="Moment").fill("3")
    page.get_by_role("button", name="Use this cover").click()
    eventually(lambda: "poster-3000" in str(ana.status(video_id)["poster_url"]), what="the cover is made")
    page.get_by_label("Replace the video").set_input_files(make_clip(tmp_path / "b.mp4", seconds=3, size="640x360"))
    eventually(lambda: 2500 < int(str(ana.status(video_id)["duration_ms"])) < 3500, what="the file is replaced")
    after = ana.status(video_id)
    assert (after["id"], after["caption"]) == (before["id"], "Before")
    page.get_by_role("button", name="Delete video").click()
    page.get_by_role("button", name="Delete it").click()
    page.wait_for_url("**/studio")
    assert ana.call("GET", "/api/v1/me/videos").json()["items"] == []


def admin_of(network: Network) -> Member:
    """An admin, made as the owner makes one."""
    member = Member(network.url, "sound.admin")
    subprocess.run(
        [*network.command("admin", "create"), "--handle", member.handle, "--password-stdin"],
        input=member.password,
        text=True,
        check=True,
    )
    network.members.append(member)
    body = {"username": member.handle, "password": member.password}
    member.call("POST", "/_allauth/browser/v1/auth/login", json=body)
    return member
