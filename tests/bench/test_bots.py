"""A few bots over HTTP: they do what the web app does, and the feed learns from it."""

import pytest

from bench.recommender import world
from bench.recommender.bots import content, fill, variants
from revue.events.models import Event, VideoCounts
from revue.recommender import vectors
from revue.recommender.models import Watch
from tests.feed.conftest import fresh_catalogue  # noqa: F401 - each test begins without a catalogue

VIDEOS, BOTS, SWIPES = 600, 3, 25


@pytest.fixture
def setting(transactional_db, settings, live_server, fresh_catalogue):  # noqa: F811
    settings.CONTENT_MODEL = f"{content.__name__}.{content.Given.__name__}"
    vectors.model.cache_clear()
    made = world.made(3, VIDEOS)
    yield variants.filled(variants.Setting(made, range(BOTS), SWIPES, at_once=2, pace=0)).at(live_server.thread.port)
    vectors.model.cache_clear()


def test_bots_report_what_they_watch_while_a_first_video_is_published(setting, capsys, monkeypatch):
    monkeypatch.setattr(variants, "ACTIVE", 1)
    monkeypatch.setattr(variants, "BORN_AFTER", 4)
    monkeypatch.setattr("revue.recommender.snapshot.OLDEST_S", 0.1)
    monkeypatch.setattr("revue.recommender.snapshot.COST_SHARE", 0.5)
    found = variants.newborn(setting)
    assert found.times.errors == []
    assert len({(one.bot, one.video_id) for one in found.shown}) == BOTS * SWIPES
    # All that was watched is known, once: the last videos are reported when the page is closed.
    assert Event.objects.filter(kind="impression").count() == BOTS * SWIPES
    assert Watch.objects.filter(reward__isnull=False).count() == BOTS * SWIPES
    at_first = int(world.plays(setting.made).sum())
    assert sum(VideoCounts.objects.values_list("plays", flat=True)) == at_first + BOTS * SWIPES
    # Each swipe was followed by a pick that knew it.
    assert len(found.times.effect) == BOTS * SWIPES
    assert "shown to nobody" not in capsys.readouterr().out


def test_what_is_turned_to_never_is_never_shown(setting):
    found = variants.never(setting)
    assert found.times.errors == []
    assert len(found.shown) == BOTS * SWIPES


def test_a_caption_tells_the_topic_that_is_meant():
    from revue.recommender import topics  # noqa: PLC0415 - beside its one use

    for topic in range(world.TOPICS + 1):
        assert topics.topics_of((), f"{fill.words_of(topic)} 123") == (fill.topic_of(topic),)
