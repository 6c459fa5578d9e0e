"""What videos are about, by their words; and that what is kept of it follows them."""

import datetime

import pytest

from revue.demo.programme import PROGRAMME
from revue.recommender import topics, upkeep
from revue.recommender.models import VideoTopic
from revue.videos import actions as videos
from revue.videos import captions
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

NAMES = {topic.name: topic.id for topic in topics.TOPICS}


def names(caption: str, *tags: str) -> set[str]:
    return {
        topics.BY_ID[topic_id].name for topic_id in topics.topics_of(tags or tuple(captions.tags(caption)), caption)
    }


def test_ids_and_words_are_each_used_once():
    assert len(topics.BY_ID) == len(topics.TOPICS) >= 10
    words = [word for topic in topics.TOPICS for word in topic.words]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("caption", "wanted"),
    [
        ("Warm-up? #dance #disco", {"Dance", "Music"}),
        ("My dog eats noodles", {"Animals", "Food"}),
        ("#DanceChallenge", {"Dance"}),
        ("#lip-sync", set()),
        ("#lipsync", {"Lip-sync"}),
        ("Education is everything", {"Learning"}),
        ("catalogue of abundance", set()),
        ("Élection au #Parliament", {"News & politics"}),
        ("", set()),
    ],
)
def test_words_name_topics(caption, wanted):
    assert names(caption) == wanted


def test_every_turn_of_the_troupe_has_its_topic():
    wanted = {"dance": "Dance", "sing": "Music", "juggle": "Talent", "joke": "Comedy"}
    for turn in PROGRAMME:
        assert wanted[turn.act] in names(turn.caption), turn.key


def kept(video_id: int) -> list[int] | None:
    return VideoTopic.objects.filter(pk=video_id).values_list("topics", flat=True).first()


@pytest.mark.django_db
def test_an_edit_changes_them_at_once():
    ana = make_person()
    video = publish(ana, caption="#dance", tags=["dance"])
    videos.edit_video(viewer=viewer_of(ana), video_id=video, caption="#cooking")
    assert kept(video) == [NAMES["Food"]]
    videos.erase_video(viewer=viewer_of(ana), video_id=video)
    assert kept(video) is None


@pytest.mark.django_db
def test_the_sweep_finds_what_was_missed_and_what_is_old(monkeypatch):
    monkeypatch.setattr(upkeep, "AT_ONCE", 2)
    found = publish_many([make_person()] * 5)
    Video.objects.filter(pk=found[0]).update(caption="a cat")
    assert upkeep.repair() == 5
    assert kept(found[0]) == [NAMES["Animals"]]
    assert upkeep.repair() == 0
    VideoTopic.objects.filter(pk=found[1]).update(edition=topics.EDITION + 1)
    changed = VideoTopic.objects.get(pk=found[2]).made_at + datetime.timedelta(seconds=1)
    Video.objects.filter(pk=found[2]).update(caption="a cat", changed_at=changed)
    assert upkeep.repair() == 2


@pytest.mark.django_db
def test_what_was_read_before_an_edit_does_not_replace_what_was_read_after():
    video = publish(make_person(), caption="a cat")
    upkeep.repair()
    later = VideoTopic.objects.get(pk=video).made_at + datetime.timedelta(hours=1)
    VideoTopic.objects.filter(pk=video).update(made_at=later, topics=[NAMES["Food"]])
    upkeep.follow_video(video_id=video)
    assert kept(video) == [NAMES["Food"]]
