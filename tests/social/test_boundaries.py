"""Blocks, requests, lists of people and what a person lets others do: what each changes, twice and at once."""

import contextlib
import itertools

import pytest
from django.test import Client

from revue.accounts import actions as accounts
from revue.accounts.contracts import VISITOR, Circle, Viewer
from revue.api.live import allowed_topics
from revue.events import queries as events
from revue.feed import queries as feed
from revue.platform import bus, ids
from revue.platform.errors import NotFound, SignInNeeded
from revue.platform.paging import BadCursor
from revue.social import actions, queries
from revue.social.contracts import FollowList, Keeping
from revue.social.errors import CommentsOff, ListHidden, MayNotRepost, NotYourself, RequestNotFound
from revue.social.models import Block, Follow, FollowRequest, Like
from revue.videos import actions as video_actions
from revue.videos import queries as videos
from revue.videos import soundtracks
from revue.videos.contracts import Visibility
from revue.videos.errors import DownloadsOff
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import give_sound, publish
from tests.social.test_likes_and_follows import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Viewer:
    return viewer_of(make_person("ana"))


@pytest.fixture
def ben() -> Viewer:
    return viewer_of(make_person("ben"))


def become_friends(one: Viewer, other: Viewer) -> None:
    Follow.objects.create(follower_id=one.person_id, followed_id=other.person_id)
    Follow.objects.create(follower_id=other.person_id, followed_id=one.person_id)


def say(viewer: Viewer, video_id: int, **more: int) -> int:
    return actions.write_comment(viewer=viewer, video_id=video_id, text="Hello", **more).id


def set_private(viewer: Viewer, is_private: bool = True) -> None:
    accounts.change_privacy(viewer=viewer, is_private=is_private)


def test_a_block_ends_what_ties_two_people_and_twice_is_the_same(ana, ben):
    become_friends(ana, ben)
    hers, his = publish(ana.person_id), publish(ben.person_id)
    for viewer, video_id in itertools.product((ana, ben), (hers, his)):
        actions.like_video(viewer=viewer, video_id=video_id)
    for _ in range(2):
        actions.block_person(viewer=ana, handle="Ben")
    assert not Follow.objects.exists()
    assert set(Like.objects.values_list("person_id", "video_id")) == {(ana.person_id, hers), (ben.person_id, his)}
    assert [events.counts_of([video_id])[video_id].likes for video_id in (hers, his)] == [1, 1]
    assert Block.objects.count() == 1
    for _ in range(2):
        actions.unblock_person(viewer=ana, handle="ben")
    assert not Block.objects.exists()
    assert not Follow.objects.exists()


def test_a_block_takes_back_all_that_two_people_did_with_each_others_things_and_counts_stay_true(ana, ben):
    cleo = viewer_of(make_person("cleo"))
    hers, his = publish(ana.person_id), publish(ben.person_id)
    said = {viewer: say(viewer, hers) for viewer in (ana, ben)}
    for viewer, video_id in itertools.product((ana, ben, cleo), (hers, his)):
        actions.save_video(viewer=viewer, video_id=video_id)
        with contextlib.suppress(MayNotRepost):  # nobody reposts their own
            actions.repost_video(viewer=viewer, video_id=video_id)
    for viewer, comment_id in itertools.product((ana, ben, cleo), said.values()):
        actions.like_comment(viewer=viewer, comment_id=comment_id)
    actions.pin_comment(viewer=ana, comment_id=said[ben])
    actions.block_person(viewer=ben, handle="ana")
    counts = events.counts_of([hers, his])
    assert [(counts[one].saves, counts[one].reposts) for one in (hers, his)] == [(2, 1), (2, 1)]
    page = queries.comments(viewer=cleo, video_id=hers).page.comments
    assert [(view.like_count, view.is_liked_by_creator, view.is_pinned) for view in page] == [
        (2, False, False) if view.id == said[ben] else (2, True, False) for view in page
    ]
    actions.recount()
    assert events.counts_of([hers, his]) == counts
    assert queries.comments(viewer=cleo, video_id=hers).page.comments == page


def test_who_is_apart_from_somebody_counts_and_hears_no_reply_of_theirs_or_below_them(ana, ben, monkeypatch):
    cleo = viewer_of(make_person("cleo"))
    video_id = publish(cleo.person_id)
    root, theirs = say(cleo, video_id), say(ben, video_id)
    for viewer in (ben, cleo):
        say(viewer, video_id, reply_to=root)
    actions.block_person(viewer=ana, handle="ben")
    for viewer, number in ((ana, 1), (cleo, 2), (VISITOR, 2)):
        found = {view.id: view.reply_count for view in queries.comments(viewer=viewer, video_id=video_id).page.comments}
        assert found[root] == number == len(queries.replies(viewer=viewer, comment_id=root).comments)
    below = say(cleo, video_id, reply_to=theirs)
    with pytest.raises(NotFound):
        queries.former_texts(viewer=ana, comment_id=below)
    told: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(bus, "publish", lambda _, event, data: told.append((event, data.get(bus.ABOUT, []))))
    cleos, bens = (ids.to_short(viewer.person_id) for viewer in (cleo, ben))
    say(cleo, video_id, reply_to=theirs)
    say(cleo, video_id, reply_to=root)
    both = sorted((cleos, bens))
    assert told == [
        *(("comment.changed", [bens]), ("counts", []), ("comment.created", both)),  # below what Ben said
        *(("comment.changed", both), ("counts", []), ("comment.created", [cleos])),  # where Ben has answered
    ]


def test_the_number_of_replies_names_who_answered_once_their_reply_is_let_through(ana, ben, monkeypatch):
    video_id = publish(ana.person_id)
    root = say(ana, video_id)
    actions.restrict_person(viewer=ana, handle="ben")
    waits = say(ben, video_id, reply_to=root)
    actions.block_person(viewer=viewer_of(make_person("cleo")), handle="ben")  # or nobody is apart from him
    told: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(bus, "publish", lambda _, event, data: told.append((event, data.get(bus.ABOUT, []))))
    both = sorted(ids.to_short(viewer.person_id) for viewer in (ana, ben))
    actions.approve_comment(viewer=ana, comment_id=waits)
    assert ("comment.changed", both) in told
    told.clear()
    actions.delete_comment(viewer=ben, comment_id=waits)
    assert ("comment.changed", [ids.to_short(ana.person_id)]) in told


def test_who_is_blocked_is_answered_as_if_there_were_nobody(ana, ben):
    actions.block_person(viewer=ana, handle="ben")
    for act in (actions.follow_person, actions.unfollow_person, actions.approve_request, actions.remove_follower):
        for viewer, handle in ((ben, "ana"), (ben, "no.such.one")):
            with pytest.raises(NotFound) as answer:
                act(viewer=viewer, handle=handle)
            assert answer.value.detail == "There is nobody with this name."
    client, nobodys, anas = client_of(ben.person_id), "/api/v1/people/no.such.one", "/api/v1/people/ana"
    for end in ("", "/videos", "/followers", "/following"):
        answers = [client.get(f"{path}{end}") for path in (nobodys, anas)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json()["detail"] == answers[1].json()["detail"]
    page = queries.person_page(viewer=ana, handle="ben")
    assert page.is_blocked
    assert (page.counts.followers, page.may_see_videos) == (0, False)


def test_who_was_blocked_may_block_as_well(ana, ben):
    actions.block_person(viewer=ana, handle="ben")
    actions.block_person(viewer=ben, handle="ana")
    actions.unblock_person(viewer=ana, handle="ben")
    assert queries.is_apart(ana.person_id, [ben.person_id]) == {ben.person_id}
    assert queries.is_apart(None, [ben.person_id]) == set()


def test_a_hundred_people_are_blocked_in_one_call(ana):
    handles = [f"crowd.{number}" for number in range(100)]
    people = {make_person(handle) for handle in handles}
    client = client_of(ana.person_id)
    asked = {"handles": [*handles[:-1], "no.such.one"]}
    assert client.post("/api/v1/me/blocked", asked, content_type="application/json").status_code == 204
    assert len(queries.apart_from(ana.person_id) & people) == 99
    too_many = {"handles": [*handles, "one.more"]}
    assert client.post("/api/v1/me/blocked", too_many, content_type="application/json").status_code == 422


@pytest.mark.parametrize(
    "act", [actions.block_person, actions.mute_person, actions.restrict_person, actions.unrestrict_person]
)
def test_nobody_keeps_out_themselves_or_nobody(ana, act):
    with pytest.raises(NotYourself):
        act(viewer=ana, handle="ana")
    with pytest.raises(NotFound):
        act(viewer=ana, handle="no.such.one")
    with pytest.raises(SignInNeeded):
        act(viewer=VISITOR, handle="ana")


def test_what_is_kept_out_stands_in_lists_of_ones_own(ana, ben):
    others = [make_person(f"other.{number}") for number in range(3)]
    for number in range(3):
        actions.mute_person(viewer=ana, handle=f"other.{number}")
    actions.restrict_person(viewer=ana, handle="other.0")
    actions.block_person(viewer=ana, handle="other.1")
    first = queries.kept(viewer=ana, keeping=Keeping.MUTED, limit=2)
    rest = queries.kept(viewer=ana, keeping=Keeping.MUTED, limit=2, cursor=first.next_cursor)
    assert [line.card.id for line in (*first.people, *rest.people)] == others[::-1]
    assert rest.next_cursor is None
    assert [line.card.id for line in queries.kept(viewer=ana, keeping=Keeping.BLOCKED).people] == [others[1]]
    assert queries.is_restricted(person_id=others[0], by=ana.person_id)
    assert queries.kept(viewer=ben, keeping=Keeping.MUTED).people == ()
    with pytest.raises(BadCursor):
        queries.kept(viewer=ben, keeping=Keeping.MUTED, cursor=first.next_cursor)


def test_who_follows_a_private_account_asks_and_is_answered(ana, ben):
    set_private(ana)
    for _ in range(2):
        state = actions.follow_person(viewer=ben, handle="ana")
        assert (state.following, state.requested) == (False, True)
    page = queries.person_page(viewer=ben, handle="ana")
    assert (page.is_requested, page.may_see_videos, page.may_see_follows) == (True, False, False)
    assert queries.person_page(viewer=ana, handle="ben").asks
    assert [line.card.handle for line in queries.follow_requests(viewer=ana).people] == ["ben"]
    actions.decline_request(viewer=ana, handle="ben")
    with pytest.raises(RequestNotFound):
        actions.approve_request(viewer=ana, handle="ben")
    actions.follow_person(viewer=ben, handle="ana")
    for _ in range(2):
        actions.approve_request(viewer=ana, handle="ben")
    assert queries.is_following(viewer=ben, person_id=ana.person_id)
    assert not FollowRequest.objects.exists()


def test_a_request_can_be_taken_back_and_ends_with_a_block(ana, ben):
    set_private(ana)
    actions.follow_person(viewer=ben, handle="ana")
    actions.unfollow_person(viewer=ben, handle="ana")
    assert not FollowRequest.objects.exists()
    actions.follow_person(viewer=ben, handle="ana")
    actions.block_person(viewer=ana, handle="ben")
    assert not FollowRequest.objects.exists()


def test_an_open_account_lets_in_whoever_has_asked(ana, ben):
    set_private(ana)
    actions.follow_person(viewer=ben, handle="ana")
    set_private(ana, is_private=False)
    assert queries.is_following(viewer=ben, person_id=ana.person_id)
    assert not FollowRequest.objects.exists()


def test_a_private_accounts_videos_are_for_fewer_and_come_back_as_they_were(ana, ben):
    made = {visibility: publish(ana.person_id, visibility=visibility.value) for visibility in Visibility}
    set_private(ana)
    Follow.objects.create(follower_id=ben.person_id, followed_id=ana.person_id)
    fan = set(videos.cards(viewer=ben, video_ids=made.values()))
    assert fan == {made[Visibility.EVERYONE], made[Visibility.UNLISTED], made[Visibility.FOLLOWERS]}
    listed = videos.ids_by_author(viewer=ben, author_id=ana.person_id, limit=9)
    assert listed == [made[Visibility.FOLLOWERS], made[Visibility.EVERYONE]]
    assert videos.own_status(viewer=ana, video_id=made[Visibility.UNLISTED]).visibility is Visibility.UNLISTED
    counts = queries.person_page(viewer=ben, handle="ana").counts
    assert (counts.videos, queries.person_page(viewer=VISITOR, handle="ana").counts.videos) == (1, 0)
    video_actions.edit_video(viewer=ana, video_id=made[Visibility.ONLY_ME], visibility=Visibility.EVERYONE)
    assert videos.cards(viewer=VISITOR, video_ids=made.values()) == {}
    set_private(ana, is_private=False)
    shown = {video.pk: video.visibility for video in Video.objects.all()}
    asked = {made[visibility]: visibility.value for visibility in Visibility}
    assert shown == {**asked, made[Visibility.ONLY_ME]: "everyone"}
    assert set(Video.objects.values_list("chosen_visibility", flat=True)) == {""}


def test_followers_are_found_by_name_and_can_be_removed(ana, ben):
    people = [make_person(f"fan.{number}", name=f"Number {number}") for number in range(5)]
    for person_id in people:
        actions.follow_person(viewer=viewer_of(person_id), handle="ana")
    actions.follow_person(viewer=ben, handle="fan.4")

    def listed(viewer: Viewer, **asked: object) -> list[int]:
        page = queries.follow_list(viewer=viewer, handle="ana", which=FollowList.FOLLOWERS, **asked)
        return [line.card.id for line in page.people]

    first = queries.follow_list(viewer=ben, handle="ana", which=FollowList.FOLLOWERS, limit=3)
    assert [line.is_followed for line in first.people] == [True, False, False]
    assert [line.card.id for line in first.people] + listed(ben, cursor=first.next_cursor) == people[::-1]
    assert listed(VISITOR, search="NUMBER 3") == listed(VISITOR, search="fan.3") == [people[3]]
    actions.block_person(viewer=ben, handle="fan.2")
    assert listed(ben) == [people[4], people[3], people[1], people[0]]
    actions.remove_follower(viewer=ana, handle="fan.4")
    assert listed(ana) == people[3::-1]


@pytest.mark.parametrize(
    ("circle", "expected"),
    [
        (Circle.EVERYONE, ["visitor", "stranger", "follower", "friend", "self"]),
        (Circle.FOLLOWERS, ["follower", "friend", "self"]),
        (Circle.FRIENDS, ["friend", "self"]),
        (Circle.NOBODY, ["self"]),
    ],
)
def test_what_a_person_lets_others_do_holds_for_all_their_videos(ana, circle, expected):
    people = {name: viewer_of(make_person(f"the.{name}")) for name in ("stranger", "follower", "friend")}
    Follow.objects.create(follower_id=people["follower"].person_id, followed_id=ana.person_id)
    become_friends(people["friend"], ana)
    askers = {"visitor": VISITOR, **people, "self": ana}
    video_id = publish(ana.person_id)
    sound_id = give_sound(ana.person_id, video_id)
    names = ("comments", "mentions", "duets", "stitches", "downloads", "uses_sounds", "sees_lists")
    accounts.change_privacy(viewer=ana, **{f"who_{name}": circle for name in names})

    cards = {name: videos.card(viewer=viewer, video_id=video_id) for name, viewer in askers.items()}
    assert [name for name, card in cards.items() if card.may_download] == expected
    for allows in ("lets_comment", "may_duet", "may_stitch"):
        members = [name for name, card in cards.items() if getattr(card, allows) and name != "visitor"]
        assert members == [name for name in expected if name != "visitor"]
        assert getattr(cards["visitor"], allows) is (circle is not Circle.NOBODY)  # may turn out to be somebody
    sounds = {name: soundtracks.sound_page(viewer=viewer, sound_id=sound_id) for name, viewer in askers.items()}
    assert [name for name, page in sounds.items() if page.card.may_use] == [one for one in expected if one != "visitor"]
    pages = {name: queries.person_page(viewer=viewer, handle="ana") for name, viewer in askers.items()}
    assert [name for name, page in pages.items() if page.may_see_follows] == expected
    for name, viewer in people.items():
        may = name in expected
        assert queries.mentioned(person_id=viewer.person_id, handles=["ANA"]) == ({ana.person_id} if may else set())
        assert bool(queries.people_beginning(viewer=viewer, prefix="ana")) is may
        refused(lambda v=viewer: actions.write_comment(viewer=v, video_id=video_id, text="Hi"), CommentsOff, not may)
        refused(lambda v=viewer: videos.download(viewer=v, video_id=video_id), DownloadsOff, not may)
        refused(
            lambda v=viewer: queries.follow_list(viewer=v, handle="ana", which=FollowList.FOLLOWING),
            ListHidden,
            not may,
        )


def refused(act, error: type[Exception], is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(error):
            act()
    else:
        act()


def test_a_single_video_may_let_fewer_and_a_private_account_passes_nothing_on(ana, ben):
    closed = publish(ana.person_id, commenters="no_one", may_download=False)
    card = videos.card(viewer=ben, video_id=closed)
    assert (videos.may_comment(viewer=ben, card=card), card.may_download, card.may_duet) == (False, False, True)
    Follow.objects.create(follower_id=ben.person_id, followed_id=ana.person_id)
    open_id = publish(ana.person_id)
    set_private(ana)
    card = videos.card(viewer=ben, video_id=open_id)
    assert (card.may_duet, card.may_stitch, card.may_download) == (False, False, False)
    assert videos.may_comment(viewer=ben, card=card)
    assert videos.card(viewer=ana, video_id=open_id).may_download


def test_who_does_not_want_to_be_suggested_is_named_to_followers_alone(ana, ben):
    accounts.change_privacy(viewer=ana, is_suggested=False)
    assert queries.people_beginning(viewer=ben, prefix="an") == []
    actions.follow_person(viewer=ben, handle="ana")
    assert [one.card.handle for one in queries.people_beginning(viewer=ben, prefix="an")] == ["ana"]


def test_search_engines_are_told_to_leave_out_who_does_not_want_them(ana, client: Client):
    video_id = ids.to_short(publish(ana.person_id))
    paths = [f"/@ana/{video_id}", "/@ana", f"/embed/{video_id}", "/@ana/feed.atom"]
    assert [client.get(path).headers.get("X-Robots-Tag") for path in paths] == [None] * 4
    sitemaps = [f"/sitemap/{kind}-{ids.to_short(1)}.xml" for kind in ("videos", "people")]
    assert all(b"/@ana" in client.get(path).content for path in sitemaps)

    accounts.change_privacy(viewer=ana, is_indexed=False)

    assert [client.get(path).headers.get("X-Robots-Tag") for path in paths] == ["noindex"] * 4
    assert b'name="robots" content="noindex"' in client.get("/@ana").content
    assert b"ld+json" not in client.get(paths[0]).content
    assert not any(b"/@ana" in client.get(path).content for path in sitemaps)


def test_streams_are_asked_anew_when_a_block_begins_or_an_account_closes(ana, ben, monkeypatch):
    rechecked: list[str] = []
    monkeypatch.setattr(bus, "recheck", rechecked.append)
    video_id = publish(ana.person_id)
    topic = f"video:{ids.to_short(video_id)}"
    ties = queries.ties_topic(ben.person_id)
    assert allowed_topics(ben, [topic]) == [topic, ties]
    actions.block_person(viewer=ana, handle="ben")
    assert ties in rechecked
    assert allowed_topics(ben, [topic]) == []
    set_private(ana)
    assert topic in rechecked


def test_what_is_done_by_people_apart_is_not_streamed(ana, ben):
    video_id = publish(make_person("cleo"))
    actions.block_person(viewer=ana, handle="ben")
    for viewer, other in ((ana, ben), (ben, ana)):
        answer = client_of(viewer.person_id).get(f"/live?topics=video:{ids.to_short(video_id)}")
        assert answer.headers["X-Accel-Live-Without"] == ids.to_short(other.person_id)


@pytest.mark.usefixtures("fresh_catalogue")
def test_blocks_and_mutes_cost_no_query_of_a_feed(ana, django_assert_max_num_queries):
    for number in range(12):
        publish(make_person(f"other.{number}"))
    actions.block_person(viewer=ana, handle="other.0")
    actions.mute_person(viewer=ana, handle="other.1")
    feed.page_for(ana)
    with django_assert_max_num_queries(5):  # four, and one for what a member has set
        page = feed.page_for(ana, limit=5)
    rest = feed.page_for(ana, limit=20, cursor=page.next_cursor or "")
    shown = {entry.video.card.author.handle for entry in (*page.entries, *rest.entries)}
    assert shown == {f"other.{number}" for number in range(2, 12)}


@pytest.mark.django_db(transaction=True)
def test_at_once_a_block_leaves_no_follow_and_an_opening_no_request():
    ana, ben = viewer_of(make_person("ana")), viewer_of(make_person("ben"))
    for _ in range(5):
        set_private(ana)
        at_once(
            lambda: actions.follow_person(viewer=ben, handle="ana"),
            lambda: set_private(ana, is_private=False),
        )
        assert not FollowRequest.objects.exists()
        assert Follow.objects.filter(follower_id=ben.person_id).exists()

        def follow() -> None:
            with contextlib.suppress(NotFound):  # the block came first
                actions.follow_person(viewer=ben, handle="ana")

        Follow.objects.all().delete()
        at_once(follow, lambda: actions.block_person(viewer=ana, handle="ben"))
        assert not Follow.objects.exists()
        actions.unblock_person(viewer=ana, handle="ben")


@pytest.mark.django_db(transaction=True)
def test_at_once_no_video_slips_past_an_account_that_closes():
    ana = viewer_of(make_person("ana"))
    video_id = publish(ana.person_id, visibility="only_me")
    for _ in range(5):
        video_actions.edit_video(viewer=ana, video_id=video_id, visibility=Visibility.ONLY_ME)
        errors = at_once(
            lambda: video_actions.edit_video(viewer=ana, video_id=video_id, visibility=Visibility.EVERYONE),
            lambda: set_private(ana),
        )
        assert errors == []
        assert videos.cards(viewer=VISITOR, video_ids=[video_id]) == {}
        set_private(ana, is_private=False)
