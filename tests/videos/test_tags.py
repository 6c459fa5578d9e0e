"""Tags while somebody types one: by their beginning, with the number of what everybody may watch."""

import pytest
from django.db import connection

from revue.videos import actions, queries, tags
from revue.videos.contracts import TagCount, VideoState, Visibility
from revue.videos.models import Tag, Video
from tests.people import client_of, make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> int:
    return make_person()


def names(prefix: str) -> list[str]:
    return [tag.name for tag in queries.tags_beginning(prefix)]


def test_they_come_with_their_public_videos_and_most_of_these_first(ana: int) -> None:
    for words in (["dance"], ["dance", "dancing"], ["dusk"], ["Äther".lower()]):
        publish(ana, tags=words)
    tags.count()
    assert queries.tags_beginning("da") == [TagCount("dance", 2), TagCount("dancing", 1)]
    assert names("#DANCI") == ["dancing"]
    assert names("Ä") == ["äther"]
    assert names("ance") == []
    assert names("")[0] == "dance"


@pytest.mark.parametrize("prefix", ["%", "_", "\\", "d_n", "'"])
def test_letters_that_mean_something_to_a_database_mean_themselves(ana: int, prefix: str) -> None:
    publish(ana, tags=["dance"])
    tags.count()
    assert names(prefix) == []


def test_what_is_not_for_everybody_is_neither_counted_nor_told(ana: int) -> None:
    for visibility in Visibility:
        publish(ana, tags=["tango", visibility.value], visibility=visibility.value)
    publish(ana, tags=["tango", "failed"], state=VideoState.FAILED.value)
    tags.count()
    assert queries.tags_beginning("tango") == [TagCount("tango", 1)]
    assert [tag.name for tag in Tag.objects.order_by("name")] == ["everyone", "tango"]


def test_a_tag_goes_with_its_last_public_video_at_once(ana: int) -> None:
    video_id = publish(ana, tags=["secret"])
    tags.count()
    assert names("sec") == ["secret"]
    actions.edit_video(viewer=viewer_of(ana), video_id=video_id, visibility=Visibility.ONLY_ME)
    assert names("sec") == []
    tags.count()
    assert not Tag.objects.exists()


def test_counting_again_is_the_same_and_follows_what_changed(ana: int) -> None:
    video_id = publish(ana, tags=["one"])
    tags.count()
    tags.count()
    Video.objects.filter(pk=video_id).update(tags=["one", "two"])
    tags.count()
    assert {tag.name: tag.videos for tag in Tag.objects.all()} == {"one": 1, "two": 1}


def test_at_most_eight_are_told(ana: int) -> None:
    publish(ana, tags=[f"dance{number}" for number in range(12)])
    tags.count()
    answer = client_of(ana).get("/api/v1/suggest/tags", {"prefix": "dance"})
    assert len(answer.json()["items"]) == 8


def test_indexes_answer(ana: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO videos_tag SELECT 'tag' || n, 1 + n % 50 FROM generate_series(1, 20000) AS n")
        cursor.execute("ANALYZE videos_tag")
        cursor.execute("EXPLAIN " + tags._BEGINNING, {"pattern": "tag1999%"})
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "videos_tag_name" in plan  # the key's index by letters, `…_like`
    assert "Seq Scan on videos_tag" not in plan
