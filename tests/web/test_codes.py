"""QR codes of people's and videos' pages."""

import io
import xml.etree.ElementTree as ET

import pytest
import qrcode
from django.conf import settings
from django.test import Client
from PIL import Image

from revue.platform import ids
from tests.people import make_person
from tests.published import publish

pytestmark = pytest.mark.django_db


def test_the_code_is_of_the_persons_address(client: Client) -> None:
    make_person("mara")
    answer = client.get("/@mara/code.png")
    assert answer["Content-Type"] == "image/png"
    assert "max-age" in answer["Cache-Control"]
    image = Image.open(io.BytesIO(answer.content)).convert("L")
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(f"{settings.BASE_URL}/@mara")
    wanted = code.get_matrix()  # with its quiet border
    size = image.width // len(wanted)
    modules = range(len(wanted))
    found = [[image.getpixel((x * size + size // 2, y * size + size // 2)) == 0 for x in modules] for y in modules]
    assert found == wanted


def test_the_same_code_is_there_as_a_drawing(client: Client) -> None:
    make_person("mara")
    answer = client.get("/@Mara/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(answer.content).tag == "{http://www.w3.org/2000/svg}svg"


def test_nobody_has_no_code(client: Client) -> None:
    assert client.get("/@nobody/code.png").status_code == 404
    assert client.get("/@nobody/code.gif").status_code == 404


def test_what_has_a_link_for_everybody_has_a_code_and_nothing_else(client: Client) -> None:
    mara = make_person("mara")
    for visibility, status in (("everyone", 200), ("unlisted", 200), ("followers", 404), ("only_me", 404)):
        short = ids.to_short(publish(mara, visibility=visibility))
        assert client.get(f"/@mara/{short}/code.svg").status_code == status
    assert client.get("/@mara/nothing/code.svg").status_code == 404
