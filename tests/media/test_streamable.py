"""Whether a file can be read while it comes is known from its first bytes, whatever they claim."""

import pathlib
import struct

import pytest

from revue.media.ffmpeg.streamable import Verdict, streamable
from tests.media import films

VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
FRAGMENTS = ("-movflags", "+frag_keyframe+empty_moov+default_base_moof")


def verdict(path: pathlib.Path, *, length: int | None = None) -> Verdict:
    with path.open("rb") as file:
        return streamable(file, length or path.stat().st_size)


def box(kind: bytes, inside: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(inside), kind) + inside


@pytest.mark.parametrize(
    ("name", "codec", "extra"),
    [
        ("recorded.webm", VP8, ("-f", "webm", "-live", "1")),
        ("whole.webm", VP8, ()),
        ("a.mkv", tuple(films.X264), ()),
        ("fragments.mp4", tuple(films.X264), FRAGMENTS),
        ("first.mp4", tuple(films.X264), ("-movflags", "+faststart")),
    ],
)
def test_what_is_described_before_it_begins_can_be_read_as_it_comes(
    tmp_path: pathlib.Path, name: str, codec: tuple[str, ...], extra: tuple[str, ...]
) -> None:
    film = films.film(tmp_path / name, seconds=0.5, codec=codec, extra=extra)
    assert verdict(film) is Verdict.YES
    data, part = film.read_bytes(), tmp_path / "part"
    part.write_bytes(data[:20])
    assert verdict(part, length=len(data)) is Verdict.TOO_SOON
    part.write_bytes(b"")
    assert verdict(part, length=len(data)) is Verdict.TOO_SOON


def test_a_film_whose_index_comes_last_cannot(tmp_path: pathlib.Path) -> None:
    film = films.film(tmp_path / "last.mp4", seconds=0.2)
    assert film.read_bytes().index(b"mdat") < film.read_bytes().index(b"moov")
    assert verdict(film) is Verdict.NEVER


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"no film at all" * 10, Verdict.NEVER),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), Verdict.NEVER),
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 3, b"free") + bytes(50), Verdict.NEVER),  # smaller than its header
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 0, b"moov") + bytes(50), Verdict.NEVER),  # to the end of the file
        (box(b"ftyp", b"isom") + struct.pack(">I4s", 4_000_000_000, b"moov") + bytes(50), Verdict.NEVER),
        (box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"free", 2**63) + bytes(50), Verdict.NEVER),
        (box(b"free") * 1000 + box(b"moov"), Verdict.NEVER),  # where does it end
        (b"\x1a\x45\xdf\xa3" + bytes(100), Verdict.NEVER),  # sizes that are none
        (b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"\x1f\x43\xb6\x75\x81\x00", Verdict.NEVER),
        (b"\x1a\x45\xdf\xa3\xff", Verdict.NEVER),
    ],
)
def test_hostile_heads_are_given_up(tmp_path: pathlib.Path, data: bytes, wanted: Verdict) -> None:
    path = tmp_path / "bad"
    path.write_bytes(data)
    assert verdict(path) is wanted


def test_an_index_that_claims_more_than_will_come_is_waited_for_only_to_the_end(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "bad"
    path.write_bytes(box(b"ftyp", b"isom") + struct.pack(">I4s", 5000, b"moov") + bytes(50))
    assert verdict(path, length=1000) is Verdict.TOO_SOON
    assert verdict(path) is Verdict.NEVER
