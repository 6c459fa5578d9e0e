"""Avatars: what is taken, what is made, what is left out."""

import io
import zlib

import pytest
from PIL import ExifTags, Image, ImageCms

from revue.accounts import actions, avatars, queries
from revue.accounts.contracts import VISITOR
from revue.accounts.errors import BadImage
from revue.platform import jobs, storage
from revue.platform.errors import RateLimited, SignInNeeded
from tests.accounts.pictures import BLUE, GREEN, GREY, RED, near, picture, quarters
from tests.people import make_person, viewer_of


def opened(avatar, size):
    return Image.open(io.BytesIO(avatar.files[size]))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_two_square_webp_files(kind):
    avatar = avatars.make(picture(kind))
    assert [opened(avatar, size).size for size in avatars.SIZES] == [(512, 512), (96, 96)]
    assert {opened(avatar, size).format for size in avatars.SIZES} == {"WEBP"}
    assert near(opened(avatar, 512).getpixel((10, 10)), RED)
    assert near(opened(avatar, 512).getpixel((500, 500)), GREY)


def test_a_picture_is_turned_upright_and_loses_where_and_when_it_was_taken():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # turn a quarter to the right
    exif[ExifTags.Base.Make] = "Canary Camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    avatar = avatars.make(picture("JPEG", exif=exif, comment=b"Canary comment"))
    large = opened(avatar, 512)
    assert near(large.getpixel((10, 10)), BLUE)
    assert near(large.getpixel((500, 10)), RED)
    assert near(large.getpixel((500, 500)), GREEN)
    for size in avatars.SIZES:
        assert not opened(avatar, size).getexif()
        assert not {"exif", "icc_profile", "xmp"} & set(opened(avatar, size).info)
        assert b"Canary" not in avatar.files[size]


def test_the_middle_of_a_wide_picture_is_kept():
    made = Image.new("RGB", (3000, 500), RED)
    made.paste(GREEN, (1250, 0, 1750, 500))
    large = opened(avatars.make(picture("PNG", made)), 512)
    assert near(large.getpixel((20, 256)), GREEN)
    assert near(large.getpixel((490, 256)), GREEN)


def test_transparency_and_grey_pictures_are_kept():
    glass = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    assert opened(avatars.make(picture("PNG", glass)), 512).mode == "RGBA"
    assert opened(avatars.make(picture("PNG", Image.new("L", (10, 10), 128))), 512).size == (512, 512)
    assert opened(avatars.make(picture("PNG", quarters().quantize())), 512).size == (512, 512)


def test_a_colour_profile_is_applied_and_a_broken_one_ignored():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (srgb, profile.tobytes(), b"not a profile"):
        avatar = avatars.make(picture("PNG", icc_profile=icc))
        assert near(opened(avatar, 512).getpixel((10, 10)), RED)


def test_equal_pictures_have_equal_names():
    assert avatars.make(picture("PNG")).name == avatars.make(picture("PNG")).name
    assert avatars.make(picture("PNG")).name != avatars.make(picture("PNG", quarters(800, 1200).rotate(90))).name


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 40,000 x 40,000 pixels."""
    data = picture("PNG", Image.new("L", (1, 1))).getvalue()
    header = data[12:16] + (40_000).to_bytes(4, "big") * 2 + data[24:29]
    return data[:12] + header + zlib.crc32(header).to_bytes(4, "big") + data[33:]


def large() -> bytes:
    """A PNG that says it has 60 million pixels: fewer than Pillow's own limit."""
    data = picture("PNG", Image.new("L", (1, 1))).getvalue()
    header = data[12:16] + (10_000).to_bytes(4, "big") + (6_000).to_bytes(4, "big") + data[24:29]
    return data[:12] + header + zlib.crc32(header).to_bytes(4, "big") + data[33:]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"\xff\xd8\xff", picture("GIF").getvalue(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("JPEG").getvalue()[:900], bomb(), large(),
        b"\x89PNG\r\n\x1a\n" + picture("JPEG").getvalue(), bytes(avatars.MOST_BYTES + 1),
    ],
    ids=["nothing", "text", "sound", "three bytes", "gif", "svg", "half", "bomb", "large", "two kinds", "11 MB"],
)  # fmt: skip
def test_anything_else_is_refused(data):
    with pytest.raises(BadImage):
        avatars.make(io.BytesIO(data))


def files():
    return sorted(path.name for path in storage.local_path("avatars").rglob("*.webp"))


def test_a_new_avatar_takes_the_place_of_the_old_one_on_the_disk_too():
    person = make_person()
    viewer = viewer_of(person)
    actions.set_avatar(viewer=viewer, image=picture())
    before = queries.me(viewer=viewer).avatar_url
    actions.set_avatar(viewer=viewer, image=picture("PNG", quarters(700, 900)))
    after = queries.me(viewer=viewer).avatar_url
    jobs.run_waiting()
    assert before != after
    assert storage.exists(after.removeprefix("/media/"))
    assert not storage.exists(before.removeprefix("/media/"))
    small = queries.person_cards([person])[person].avatar_url
    assert small.endswith("-96.webp")
    assert storage.exists(small.removeprefix("/media/"))
    actions.clear_avatar(viewer=viewer)
    actions.clear_avatar(viewer=viewer)
    jobs.run_waiting()
    assert queries.me(viewer=viewer).avatar_url is None
    assert not storage.exists(after.removeprefix("/media/"))


def test_the_same_picture_again_keeps_its_files():
    viewer = viewer_of(make_person())
    for _ in range(2):
        actions.set_avatar(viewer=viewer, image=picture())
    jobs.run_waiting()
    assert storage.exists(queries.me(viewer=viewer).avatar_url.removeprefix("/media/"))


def test_nobody_makes_the_server_draw_all_day():
    viewer = viewer_of(make_person())
    for _ in range(6):
        with pytest.raises(BadImage):
            actions.set_avatar(viewer=viewer, image=io.BytesIO(b"no picture"))
    with pytest.raises(RateLimited):
        actions.set_avatar(viewer=viewer, image=picture())


def test_visitors_have_no_avatar():
    with pytest.raises(SignInNeeded):
        actions.set_avatar(viewer=VISITOR, image=picture())
    with pytest.raises(SignInNeeded):
        actions.clear_avatar(viewer=VISITOR)
