"""A stateful property test: whatever happens meanwhile, no session shows a video twice or a hidden one at all."""

import datetime

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from revue.accounts.contracts import VISITOR, Viewer
from revue.events import actions
from revue.events.contracts import Event as Watched
from revue.events.contracts import Kind
from revue.events.models import Event, Seen, VideoCounts
from revue.feed.contracts import Source
from revue.feed.queries import page_for
from revue.platform import clock
from revue.recommender.snapshot import snapshot
from revue.social.models import Follow
from revue.videos.models import Video
from tests.events.test_record import id_at, now_ms
from tests.people import make_person, viewer_of
from tests.published import publish

pytestmark = pytest.mark.django_db


class Feeds(RuleBasedStateMachine):
    """Viewers scroll two feeds while videos come and go."""

    people: list[int]
    ana: Viewer

    @initialize()
    def begin(self) -> None:
        for model in (Event, Seen, VideoCounts, Video):
            model.objects.all().delete()
        snapshot.forget()
        self.visible: dict[int, datetime.datetime] = {}
        self.sessions = {viewer: self._new() for viewer in (VISITOR, self.ana)}
        self.following = {"cursor": "", "shown": [], "ended": False, "hidden": set(), "since": clock.now()}

    def _new(self) -> dict:
        return {"cursor": "", "shown": [], "positions": 0}

    @rule(author=st.integers(0, 3), count=st.integers(1, 4))
    def publish(self, author, count):
        for _ in range(count):
            video = publish(self.people[author])
            self.visible[video] = Video.objects.get(pk=video).published_at

    @rule(data=st.data(), how=st.sampled_from(["only_me", "unlisted", "delete"]))
    def hide(self, data, how):
        if not self.visible:
            return
        video = data.draw(st.sampled_from(sorted(self.visible)))
        if how == "delete":
            Video.objects.filter(pk=video).delete()
        else:
            Video.objects.filter(pk=video).update(visibility=how)
        del self.visible[video]
        self.following["hidden"].add(video)

    @rule(viewer=st.sampled_from(["visitor", "ana"]), limit=st.integers(1, 5))
    def scroll(self, viewer, limit):
        viewer = VISITOR if viewer == "visitor" else self.ana
        session = self.sessions[viewer]
        page = page_for(viewer, cursor=session["cursor"], limit=limit)
        shown = [entry.video.card.id for entry in page.entries]
        assert not set(shown) & set(session["shown"]), "a repeat"
        assert set(shown) <= self.visible.keys(), "something hidden"
        assert [entry.position for entry in page.entries] == list(
            range(session["positions"], session["positions"] + len(shown))
        )
        session["shown"] += shown
        session["positions"] += len(shown)
        left = self.visible.keys() - set(session["shown"])
        assert (page.next_cursor is None) == (not left), "the end is told when nothing is left, and only then"
        if page.next_cursor is None:
            self.sessions[viewer] = self._new()
        else:
            session["cursor"] = page.next_cursor

    @rule(limit=st.integers(1, 5))
    def scroll_following(self, limit):
        walk = self.following
        page = page_for(self.ana, source=Source.FOLLOWING, cursor=walk["cursor"], limit=limit)
        shown = [entry.video.card.id for entry in page.entries]
        assert set(shown) <= self.visible.keys()
        assert not set(shown) & set(walk["shown"])
        walk["shown"] += shown
        if page.next_cursor is not None:
            walk["cursor"] = page.next_cursor
            return
        begun = [video for video, at in self.visible.items() if at <= walk["since"]]
        assert set(begun) <= set(walk["shown"]), "a skipped video"
        times = [(at, video) for video in walk["shown"] if (at := self.visible.get(video))]
        assert times == sorted(times, reverse=True)
        self.following = {"cursor": "", "shown": [], "hidden": set(), "since": clock.now()}

    @rule(data=st.data(), kind=st.sampled_from([Kind.IMPRESSION, Kind.PLAY_START, Kind.COMPLETE, Kind.SKIP]))
    def watch(self, data, kind):
        if self.visible:
            video = data.draw(st.sampled_from(sorted(self.visible)))
            actions.record_events(viewer=self.ana, events=[Watched(id_at(now_ms()), kind, video, now_ms())])

    @invariant()
    def nothing_is_lost(self):
        assert Video.objects.filter(visibility="everyone").count() == len(self.visible)


def test_no_session_repeats_skips_or_shows_what_is_hidden():
    Feeds.people = [make_person() for _ in range(4)]
    Feeds.ana = viewer_of(make_person("ana"))
    for person in Feeds.people:
        Follow.objects.create(follower_id=Feeds.ana.person_id, followed_id=person)
    run_state_machine_as_test(
        Feeds,
        settings=settings(
            max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
