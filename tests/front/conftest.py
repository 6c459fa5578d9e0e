"""A running instance with one clip that everyone may watch and one that only its author may."""

import dataclasses
from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.network import Member, Network, make_clip, running_with_tables


@dataclasses.dataclass
class Site:
    network: Network
    author: Member
    stranger: Member
    open_url: str  # the largest file of a public clip
    private_url: str  # of a clip that only its author may watch
    private_id: str

    @property
    def url(self) -> str:
        return self.network.url


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_with_tables(tmp_path_factory.mktemp("front") / "data") as network:
        author, stranger = network.member("author"), network.member("stranger")
        clip = make_clip(network.folder.parent / "clip.mp4", seconds=4)
        ids = [author.post(clip, "For everyone"), author.post(clip, "For me")]
        for video_id in ids:
            author.wait_published(video_id)
        author.call("PATCH", f"/api/v1/videos/{ids[1]}", json={"visibility": "only_me"})
        urls = [author.call("GET", f"/api/v1/videos/{i}").json()["renditions"][-1]["url"] for i in ids]
        yield Site(network, author, stranger, urls[0], urls[1], ids[1])


@pytest.fixture
def http(site: Site) -> Iterator[httpx.Client]:
    """A visitor."""
    with httpx.Client(base_url=site.url, timeout=30) as client:
        yield client
