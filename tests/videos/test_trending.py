"""Which sounds trend: by growth, by people, by what everybody may hear."""

import datetime

import pytest
from django.core.cache import cache

from revue.accounts.contracts import VISITOR
from revue.platform import clock
from revue.sounds.models import Sound
from revue.videos import soundtracks, tasks
from revue.videos.models import Video
from tests.people import make_person
from tests.published import give_sound, publish

pytestmark = pytest.mark.django_db
LONG_AGO = 40  # days


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.fixture
def people() -> list[int]:
    return [make_person() for _ in range(12)]


def days_ago(days: float) -> datetime.datetime:
    return clock.now() - datetime.timedelta(days=days)


def make_sound(**fields: object) -> int:
    """A sound by somebody who posted it long ago and is in no ranking."""
    owner = make_person()
    sound_id = give_sound(owner, publish(owner, published_at=days_ago(LONG_AGO)))
    Sound.objects.filter(pk=sound_id).update(**fields)
    return sound_id


def use(sound_id: int, people: list[int], days: float) -> None:
    """Each of the people posts a video with a sound."""
    for person in people:
        publish(person, sound_id=sound_id, published_at=days_ago(days))


def trending() -> list[int]:
    cache.clear()
    return [page.card.id for page in soundtracks.trending(viewer=VISITOR)]


def test_fast_growth_beats_steady_use_by_more(people: list[int]) -> None:
    steady, fast = make_sound(), make_sound()
    use(steady, people, 1)
    use(steady, people, 8)
    use(fast, people[:8], 1)
    assert trending() == [fast, steady]


def test_one_person_posting_fifty_times_is_no_trend(people: list[int]) -> None:
    spammed, shared = make_sound(), make_sound()
    for _ in range(50):
        use(spammed, people[:1], 1)
    use(shared, people[:2], 1)
    assert trending() == [shared]
    use(spammed, people[1:2], 1)
    use(shared, people[2:3], 1)
    assert trending() == [shared, spammed]


def test_doubling_from_one_does_not_beat_many(people: list[int]) -> None:
    tiny, many = make_sound(), make_sound()
    use(tiny, people[:2], 1)
    use(tiny, people[:1], 8)
    use(many, people[:9], 1)
    use(many, people[:8], 8)
    assert trending() == [many, tiny]


def test_what_is_new_counts_more_than_what_was_new_days_ago(people: list[int]) -> None:
    older, newer = make_sound(), make_sound()
    use(older, people[:6], 6)
    use(newer, people[:5], 0.5)
    assert trending() == [newer, older]


def test_what_nobody_used_this_week_is_out(people: list[int]) -> None:
    past = make_sound()
    use(past, people, 9)
    assert trending() == []


@pytest.mark.parametrize(
    "fields", [{"muted_at": clock.now()}, {"may_reuse": False}, {"clip": None}], ids=["muted", "kept", "gone"]
)
def test_what_may_not_be_used_is_out(people: list[int], fields: dict[str, object]) -> None:
    use(make_sound(**fields), people, 1)
    assert trending() == []


@pytest.mark.parametrize("visibility", ["unlisted", "followers", "only_me"])
def test_only_public_videos_count_and_only_sounds_of_public_videos(people: list[int], visibility: str) -> None:
    hidden_uses, hidden_origin = make_sound(), make_sound()
    use(hidden_uses, people, 1)
    use(hidden_origin, people, 1)
    Video.objects.filter(sound_id=hidden_uses, author_id__in=people).update(visibility=visibility)
    Video.objects.filter(clip_id=Sound.objects.get(pk=hidden_origin).clip_id).update(visibility=visibility)
    assert trending() == []


def test_the_library_takes_part(people: list[int]) -> None:
    piece = make_sound(kind="starter", clip=None, slug="piece")
    use(piece, people[:3], 1)
    (page,) = soundtracks.trending(viewer=VISITOR)
    assert (page.card.id, page.uses) == (piece, 4)  # the fourth is old, and counts on the page alone


def test_what_was_muted_since_the_ranking_is_not_shown(people: list[int]) -> None:
    sound_id = make_sound()
    use(sound_id, people, 1)
    assert [page.card.id for page in soundtracks.trending(viewer=VISITOR)] == [sound_id]
    Sound.objects.filter(pk=sound_id).update(muted_at=clock.now())
    assert soundtracks.trending(viewer=VISITOR) == []


def test_the_job_ranks_anew_for_those_who_ask_next(people: list[int]) -> None:
    first, second = make_sound(), make_sound()
    use(first, people[:3], 1)
    assert [page.card.id for page in soundtracks.trending(viewer=VISITOR)] == [first]
    use(second, people, 1)
    assert [page.card.id for page in soundtracks.trending(viewer=VISITOR)] == [first]
    tasks.rank_sounds()
    assert [page.card.id for page in soundtracks.trending(viewer=VISITOR)] == [second, first]
