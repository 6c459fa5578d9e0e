"""An instance whose media lie in a bucket, in a browser: the file goes there, and plays from there."""

import pathlib
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.bucket import client
from tests.journeys.network import Network, eventually, make_clip, running_with_tables
from tests.journeys.test_sounds import enter

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.fixture
def bucket_network(tmp_path: pathlib.Path, s3_server: str) -> Iterator[Network]:
    client(s3_server).create_bucket(Bucket="journey")
    environ = {
        "REVUE_MEDIA_STORE": "s3",
        "REVUE_S3_BUCKET": "journey",
        "REVUE_S3_ENDPOINT": s3_server,
        "REVUE_S3_ACCESS_KEY": "only-for-tests",
        "REVUE_S3_SECRET_KEY": "only-for-tests",
    }
    with running_with_tables(tmp_path / "data", environ=environ) as network:
        yield network


def test_a_film_goes_to_the_bucket_and_plays_from_there(
    bucket_network: Network, s3_server: str, browser: Browser, tmp_path: pathlib.Path
) -> None:
    clip = make_clip(tmp_path / "dance.mp4", seconds=2)
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=bucket_network.url)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))

    enter(page, bucket_network.member("dora"))
    page.goto("/upload")
    page.locator("input[type=file]").first.set_input_files(clip)
    page.get_by_role("button", name="Post").click()
    link = page.get_by_role("link", name=re.compile("watch|view|see", re.IGNORECASE)).first
    expect(link).to_be_visible(timeout=60_000)
    assert any(line.startswith(f"PUT {s3_server}/journey/arriving/") for line in asked)
    assert not any("/api/v1/uploads" in line for line in asked)

    link.click()
    plays = "[...document.querySelectorAll('video')].some((one) => one.currentTime > 0.3)"
    eventually(lambda: page.evaluate(plays), what="the film plays")
    assert any(line.startswith(f"GET {s3_server}/journey/clips/") and ".mp4" in line for line in asked)
    assert not (bucket_network.folder / "media").exists() or not list((bucket_network.folder / "media").rglob("*.mp4"))
    assert problems == []
    context.close()
