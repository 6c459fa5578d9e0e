"""The API as clients meet it."""

from tests.feed.conftest import fresh_catalogue  # noqa: F401 - each test begins without a catalogue
