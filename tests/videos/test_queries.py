"""What the lists and cards of videos show, to whom, and at what price."""

import dataclasses
import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from psycopg import _queries

from revue.accounts.contracts import VISITOR
from revue.media.models import RenditionFile
from revue.social.models import Follow
from revue.videos import audience, cards, policy, queries
from revue.videos.contracts import Allows, Commenters, MediaAccess, VideoState, Visibility
from revue.videos.errors import VideoNotFound
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import publish, publish_many

pytestmark = pytest.mark.django_db


def test_cards_cost_at_most_two_selects_and_hold_what_a_player_needs() -> None:
    people = [make_person() for _ in range(3)]
    video_ids = publish_many(people * 4)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.cards(viewer=VISITOR, video_ids=video_ids)
    assert len(asked) <= 2
    assert set(found) == set(video_ids)
    card = found[video_ids[0]]
    assert card.author.id == people[0]
    assert [rendition.name for rendition in card.renditions] == ["540"]
    assert card.renditions[0].url.startswith("/media/clips/")
    assert queries.cards(viewer=VISITOR, video_ids=[]) == {}


def test_the_driver_remembers_how_the_statement_of_cards_is_put_together() -> None:
    assert len(cards._CARDS.encode()) <= _queries.MAX_CACHED_STATEMENT_LENGTH


def follower_of(person_id: int) -> int:
    """Somebody new who follows a person."""
    follower_id = make_person()
    Follow.objects.create(follower_id=follower_id, followed_id=person_id)
    return follower_id


def friend_of(person_id: int) -> int:
    """Somebody new who follows a person and whom that person follows."""
    friend_id = follower_of(person_id)
    Follow.objects.create(follower_id=person_id, followed_id=friend_id)
    return friend_id


@pytest.mark.parametrize(
    ("visibility", "visitor", "follower"),
    [
        (Visibility.EVERYONE, True, True),
        (Visibility.UNLISTED, True, True),
        (Visibility.FOLLOWERS, False, True),
        (Visibility.FRIENDS, False, False),
        (Visibility.ONLY_ME, False, False),
    ],
)
def test_a_card_is_shown_by_visibility(visibility: Visibility, visitor: bool, follower: bool) -> None:
    ana = make_person()
    video_id = publish(ana, visibility=visibility.value)
    assert (video_id in queries.cards(viewer=VISITOR, video_ids=[video_id])) is visitor
    assert (video_id in queries.cards(viewer=viewer_of(make_person()), video_ids=[video_id])) is visitor
    assert (video_id in queries.cards(viewer=viewer_of(follower_of(ana)), video_ids=[video_id])) is follower
    assert video_id in queries.cards(viewer=viewer_of(ana), video_ids=[video_id])


@pytest.mark.parametrize("state", ["processing", "scheduled", "failed", "removed", "binned"])
def test_what_is_not_published_has_no_card_not_even_for_its_author(state: str) -> None:
    ana = make_person()
    video_id = publish(ana, state=state)
    with pytest.raises(VideoNotFound):
        queries.card(viewer=viewer_of(ana), video_id=video_id)
    assert queries.own_status(viewer=viewer_of(ana), video_id=video_id).state.value == state


def test_lists_go_on_before_an_id_even_when_that_video_is_gone() -> None:
    ana = make_person()
    made = [publish(ana) for _ in range(5)][::-1]
    assert queries.newest_public_ids(limit=2) == made[:2]
    Video.objects.filter(pk=made[1]).delete()
    assert queries.newest_public_ids(before=made[1], limit=9) == made[2:]
    assert queries.ids_by_author(viewer=VISITOR, author_id=ana, before=made[2], limit=1) == [made[3]]


def test_a_persons_list_shows_each_what_is_for_them() -> None:
    ana = make_person()
    public, unlisted, followers, friends, private = (publish(ana, visibility=v.value) for v in Visibility)
    shown = {
        VISITOR: [public],
        viewer_of(follower_of(ana)): [followers, public],
        viewer_of(friend_of(ana)): [friends, followers, public],
        viewer_of(ana): [private, friends, followers, unlisted, public],
    }
    for viewer, listed in shown.items():
        assert queries.ids_by_author(viewer=viewer, author_id=ana, limit=9) == listed
    assert queries.newest_public_ids(limit=9) == [public]


def test_a_tag_is_found_however_it_is_written() -> None:
    ana = make_person()
    video_id = publish(ana, tags=["straße", "tanz"])
    publish(ana, tags=["tanz"], visibility="unlisted")
    for tag in ("Tanz", "#tanz", "TANZ"):
        assert queries.ids_by_tag(tag=tag, limit=9) == [video_id]
    assert queries.ids_by_tag(tag="tan", limit=9) == []


def test_bytes_are_public_private_or_denied() -> None:
    ana = make_person()
    clip_ids = [
        *(Video.objects.get(pk=publish(ana, visibility=v.value)).clip_id for v in Visibility),
        Video.objects.get(pk=publish(ana, state="removed")).clip_id,
        1,
    ]
    ben = follower_of(ana)
    people = {
        "visitor": VISITOR,
        "stranger": viewer_of(make_person()),
        "follower": viewer_of(ben),
        "friend": viewer_of(friend_of(ana)),
        "ana": viewer_of(ana),
    }
    answers = {
        who: [queries.media_access(viewer=viewer, clip_id=clip_id) for clip_id in clip_ids]
        for who, viewer in people.items()
    }
    public, private, denied = MediaAccess.PUBLIC, MediaAccess.PRIVATE, MediaAccess.DENIED
    assert answers["visitor"] == answers["stranger"] == [public, public, denied, denied, denied, denied, denied]
    assert answers["follower"] == [public, public, private, denied, denied, denied, denied]
    assert answers["friend"] == [public, public, private, private, denied, denied, denied]
    assert answers["ana"] == [public, public, private, private, private, private, denied]


def test_bytes_cost_one_select_for_whomever_they_are(django_assert_num_queries) -> None:
    ana = make_person()
    public, followers = (Video.objects.get(pk=publish(ana, visibility=v)).clip_id for v in ("everyone", "followers"))
    viewer = viewer_of(follower_of(ana))
    for clip_id in (public, followers):
        with django_assert_num_queries(1):
            queries.media_access(viewer=viewer, clip_id=clip_id)


def test_whoever_stops_following_sees_nothing_more_at_once() -> None:
    ana = make_person()
    ben = follower_of(ana)
    video = Video.objects.get(pk=publish(ana, visibility="followers"))
    Follow.objects.filter(follower_id=ben).delete()
    assert queries.cards(viewer=viewer_of(ben), video_ids=[video.pk]) == {}
    assert queries.media_access(viewer=viewer_of(ben), clip_id=video.clip_id) is MediaAccess.DENIED
    assert queries.ids_by_author(viewer=viewer_of(ben), author_id=ana, limit=9) == []


@pytest.mark.parametrize(("state", "visibility"), list(itertools.product(VideoState, Visibility)))
def test_the_database_answers_who_may_watch_as_the_policy_does(state: VideoState, visibility: Visibility) -> None:
    ana, ben = make_person(), make_person()
    video = Video.objects.get(pk=publish(ana, state=state.value, visibility=visibility.value))
    only_followed_back = make_person()
    Follow.objects.create(follower_id=ana, followed_id=only_followed_back)
    others = (ana, ben, follower_of(ana), friend_of(ana), only_followed_back)
    for viewer in (VISITOR, *map(viewer_of, others)):
        ties = audience.ties(viewer, [ana])
        is_shown = bool(queries.cards(viewer=viewer, video_ids=[video.pk]))
        assert is_shown is policy.may_watch(viewer, video, ties=ties)


def test_friends_are_friends_until_either_stops_to_follow() -> None:
    ana = make_person()
    video = Video.objects.get(pk=publish(ana, visibility="friends"))
    for bens_part in ("follower_id", "followed_id"):
        ben = friend_of(ana)
        assert video.pk in queries.cards(viewer=viewer_of(ben), video_ids=[video.pk])
        assert queries.ids_by_author(viewer=viewer_of(ben), author_id=ana, limit=9) == [video.pk]
        Follow.objects.filter(**{bens_part: ben}).delete()
        assert queries.cards(viewer=viewer_of(ben), video_ids=[video.pk]) == {}
        assert queries.media_access(viewer=viewer_of(ben), clip_id=video.clip_id) is MediaAccess.DENIED
        assert queries.ids_by_author(viewer=viewer_of(ben), author_id=ana, limit=9) == []


@given(
    st.builds(Allows, st.sampled_from(Commenters), *[st.booleans()] * 3),
    st.sampled_from(Visibility),
    st.sampled_from(["author", "other", "visitor"]),
)
def test_what_others_may_do_with_a_video_is_what_its_author_lets_them(
    allows: Allows, visibility: Visibility, who: str
) -> None:
    video = Video(author_id=1, visibility=visibility.value, **dataclasses.asdict(allows))
    viewer = {"author": viewer_of(1), "other": viewer_of(2), "visitor": VISITOR}[who]
    is_own, is_open = who == "author", visibility.value in policy.OPEN
    assert policy.may_download(viewer, video) is (is_own or allows.may_download)
    assert policy.may_duet(viewer, video) is (is_own or (allows.may_duet and is_open))
    assert policy.may_stitch(viewer, video) is (is_own or (allows.may_stitch and is_open))


def test_renditions_come_smallest_first_whatever_was_made_first() -> None:
    video = Video.objects.get(pk=publish(make_person()))
    made = {"720": (720, 1280), "360": (360, 640)}
    for name, (width, height) in made.items():
        RenditionFile.objects.create(
            clip_id=video.clip_id, name=name, key=f"clips/x/{name}.mp4", width=width, height=height, bitrate=1, bytes=1
        )
    card = queries.card(viewer=VISITOR, video_id=video.pk)
    assert [rendition.name for rendition in card.renditions] == ["360", "540", "720"]


def test_a_clip_without_renditions_has_a_card_without_any() -> None:
    video = Video.objects.get(pk=publish(make_person()))
    RenditionFile.objects.filter(clip_id=video.clip_id).delete()
    assert queries.card(viewer=VISITOR, video_id=video.pk).renditions == ()
