"""The page on which somebody keeps their own videos in order, and changing several of them at once."""

import datetime

import pytest

from revue.accounts.contracts import VISITOR
from revue.events.models import VideoCounts
from revue.feed import own
from revue.feed.contracts import OwnOrder
from revue.platform import clock, ids
from revue.platform.errors import SignInNeeded
from revue.platform.paging import BadCursor
from revue.videos import actions, policy
from revue.videos.contracts import Show
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import publish, publish_many, schedule

pytestmark = pytest.mark.django_db


def all_of(viewer, limit: int, **asked) -> list[int]:
    found, cursor = list[int](), ""
    while True:
        page = own.page(viewer, cursor=cursor, limit=limit, **asked)
        found += [one.status.id for one in page.videos]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


def test_each_video_stands_under_its_headings_and_is_counted_there() -> None:
    ana, soon = viewer_of(make_person()), clock.now() + datetime.timedelta(hours=1)
    publish(make_person())
    made = {
        "public": publish(ana.person_id),
        "followers": publish(ana.person_id, visibility="followers"),
        "only_me": publish(ana.person_id, visibility="only_me"),
        "scheduled": schedule(ana.person_id, soon),
        "processing": publish(ana.person_id, state="processing"),
        "processing for later": publish(ana.person_id, state="processing", publish_at=soon),
        "failed": publish(ana.person_id, state="failed"),
        "removed": publish(ana.person_id, state="removed"),
        "binned": publish(ana.person_id),
    }
    actions.delete_video(viewer=ana, video_id=made["binned"])
    expected = {
        Show.ALL: set(made) - {"binned"},
        Show.PUBLIC: {"public"},
        Show.PRIVATE: {"followers", "only_me"},
        Show.SCHEDULED: {"scheduled", "processing for later"},
        Show.FAILED: {"failed", "removed"},
        Show.BIN: {"binned"},
    }
    names = {video_id: name for name, video_id in made.items()}
    assert {show: {names[one] for one in all_of(ana, 4, show=show)} for show in Show} == expected
    totals = own.page(ana, limit=1).totals
    assert totals == {show: len(found) for show, found in expected.items()}


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_every_order_is_whole_on_pages_of_any_size(limit: int) -> None:
    ana = viewer_of(make_person())
    made = publish_many([ana.person_id] * 7)
    for place, video_id in enumerate(made):
        counts = {"plays": (3, 1, 2, 0, 3, 0, 1)[place], "likes": place % 2, "comments": 7 - place}
        VideoCounts.objects.update_or_create(video_id=video_id, defaults=counts)
    by = {
        OwnOrder.NEWEST: made[::-1],
        OwnOrder.OLDEST: made,
        OwnOrder.VIEWS: [made[place] for place in (4, 0, 2, 6, 1, 5, 3)],
        OwnOrder.LIKES: [made[place] for place in (5, 3, 1, 6, 4, 2, 0)],
        OwnOrder.COMMENTS: made,
    }
    assert {order: all_of(ana, limit, order=order) for order in OwnOrder} == by


def test_what_went_out_last_comes_first_though_it_was_made_before() -> None:
    ana = viewer_of(make_person())
    waiting = schedule(ana.person_id, clock.now())
    newer = publish(ana.person_id)
    assert all_of(ana, 1) == [newer, waiting]
    actions.publish_due()
    assert all_of(ana, 1) == [waiting, newer]


def test_a_page_is_for_its_owner_and_its_cursor_for_its_list() -> None:
    ana = viewer_of(make_person())
    publish_many([ana.person_id] * 3)
    cursor = own.page(ana, limit=1).next_cursor
    with pytest.raises(SignInNeeded):
        own.page(VISITOR, limit=1)
    for asked in ({"show": Show.BIN}, {"order": OwnOrder.VIEWS}):
        with pytest.raises(BadCursor):
            own.page(ana, cursor=cursor, limit=1, **asked)


def test_a_page_costs_four_selects(django_assert_num_queries) -> None:
    ana = viewer_of(make_person())
    publish_many([ana.person_id] * 9)
    with django_assert_num_queries(5):  # and one for what resembles what
        own.page(ana, limit=5)


def many(person_id: int, video_ids: list[int], change: str, **more: object) -> dict[int, str]:
    """Changes several over HTTP; answers what refused, each with its code."""
    body = {"ids": [ids.to_short(video_id) for video_id in video_ids], "change": change, **more}
    answer = client_of(person_id).post("/api/v1/me/videos/many", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    results = answer.json()["results"]
    assert [ids.from_short(one["id"]) for one in results] == list(dict.fromkeys(video_ids))
    return {ids.from_short(one["id"]): one["refusal"]["code"] for one in results if one["refusal"]}


def test_several_are_changed_at_once_and_what_refuses_holds_up_none() -> None:
    ana, ben = make_person(), make_person()
    mine, theirs, binned = publish_many([ana] * 3), publish(ben), publish(ana)
    actions.delete_video(viewer=viewer_of(ana), video_id=binned)
    asked = [mine[0], theirs, binned, 5, mine[1], mine[0]]
    refused = {theirs: "video_not_found", binned: "video_in_bin", 5: "video_not_found"}
    for _ in range(2):
        assert many(ana, asked, "audience", visibility="only_me") == refused
        assert many(ana, asked, "comments", commenters="no_one") == refused
    rows = Video.objects.filter(pk__in=[*mine, theirs]).values_list("pk", "visibility", "commenters")
    assert set(rows) == {
        (mine[0], "only_me", "no_one"),
        (mine[1], "only_me", "no_one"),
        (mine[2], "everyone", "everyone"),
        (theirs, "everyone", "everyone"),
    }
    for _ in range(2):
        assert many(ana, [*mine, theirs], "delete") == {theirs: "video_not_found"}
    assert len(all_of(viewer_of(ana), 9, show=Show.BIN)) == 4
    for _ in range(2):
        assert many(ana, [mine[0], 5], "restore") == {5: "video_not_found"}
        assert many(ana, [mine[1], binned, theirs], "erase") == {theirs: "video_not_found"}
    assert set(Video.objects.values_list("pk", "state")) == {
        (mine[0], "published"),
        (mine[2], "binned"),
        (theirs, "published"),
    }


@pytest.mark.parametrize(
    "body",
    [
        {"ids": [], "change": "delete"},
        {"ids": ["4k"] * (policy.MOST_AT_ONCE + 1), "change": "delete"},
        {"ids": ["4k"], "change": "audience"},
        {"ids": ["4k"], "change": "comments"},
        {"ids": ["4k"], "change": "burn"},
    ],
)
def test_a_call_that_does_not_say_what_to_do_is_refused(body: dict[str, object]) -> None:
    answer = client_of(make_person()).post("/api/v1/me/videos/many", body, content_type="application/json")
    assert answer.status_code == 422
