"""Bin, restore, schedule, edit and erase in any order, twice, and at once: what is seen follows from what was done."""

import concurrent.futures
import contextlib
import dataclasses
import datetime
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revue.accounts.contracts import VISITOR
from revue.media import queries as media
from revue.media.contracts import ClipState
from revue.media.models import Clip
from revue.platform import clock
from revue.platform.errors import RevueError
from revue.videos import actions, hooks, policy, queries
from revue.videos.contracts import Visibility
from revue.videos.models import FormerCaption, Gone, Video
from tests.people import make_person, viewer_of
from tests.published import publish

HOUR = datetime.timedelta(hours=1)
START = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
STEPS = st.one_of(
    st.sampled_from([("bin",), ("restore",), ("publish",), ("unschedule",), ("ready",)]),
    st.tuples(st.just("schedule"), st.integers(1, 700)),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 400, 800])),
    st.tuples(st.just("show"), st.sampled_from(list(Visibility))),
    st.tuples(st.just("say"), st.sampled_from("abc")),
    st.just(("erase",)),
)


@dataclasses.dataclass
class Model:
    """One video as it should be; hours since the beginning."""

    hour: int = 0
    is_made: bool = False
    is_out: bool = False
    is_binned: bool = False
    is_erased: bool = False
    is_told_gone: bool = False
    binned_hour: int = 0
    publish_hour: int | None = None
    visibility: Visibility = Visibility.EVERYONE
    caption: str = "first"
    shown: list[str] = dataclasses.field(default_factory=list)  # captions that others could have read, once over

    @property
    def is_seen(self) -> bool:
        return self.is_out and not (self.is_binned or self.is_erased) and self.visibility.value in policy.OPEN

    def settle(self) -> None:
        """What happens by itself: emptying the bin, going out."""
        if self.is_binned and self.hour - self.binned_hour >= 30 * 24:
            self.is_erased = True
        is_due = self.publish_hour is None or self.publish_hour <= self.hour
        if not (self.is_erased or self.is_binned) and self.is_made and is_due:
            self.is_out, self.publish_hour = True, None

    def do(self, step: str, value: Any = None) -> None:
        """One step, if it is possible."""
        if step == "wait":
            self.hour += value
        elif step == "ready":
            self.is_made = True
        elif self.is_erased:
            return
        elif step == "erase":
            self.is_told_gone |= self._is_listed()
            self.is_erased = True
        elif step == "restore":
            self._restore()
        elif self.is_binned:
            return
        else:
            getattr(self, f"_{step}")(*([] if value is None else [value]))

    def _is_listed(self) -> bool:
        return self.is_out and not self.is_binned and self.visibility is Visibility.EVERYONE

    def _bin(self) -> None:
        self.is_told_gone |= self._is_listed()
        self.is_binned, self.binned_hour = True, self.hour

    def _restore(self) -> None:
        if not self.is_binned:
            return
        self.is_binned = self.is_told_gone = False
        if self.publish_hour is not None and self.publish_hour <= self.hour:
            self._unschedule()

    def _schedule(self, ahead: int) -> None:
        if not self.is_out:
            self.publish_hour = self.hour + ahead

    def _unschedule(self) -> None:
        if self.publish_hour is not None:
            self.publish_hour, self.visibility = None, Visibility.ONLY_ME

    def _publish(self) -> None:
        self.publish_hour = None

    def _show(self, visibility: Visibility) -> None:
        self.visibility = visibility

    def _say(self, caption: str) -> None:
        if caption != self.caption and self.is_out and self.visibility is not Visibility.ONLY_ME:
            self.shown.append(self.caption)
        self.caption = caption


def act(viewer, video_id: int, hour: int, step: str, value: Any = None) -> None:
    """One step as the product does it; what it refuses changes nothing."""
    about = {"viewer": viewer, "video_id": video_id}
    acts: dict[str, Callable[[], object]] = {
        "bin": lambda: actions.delete_video(**about),
        "restore": lambda: actions.restore_video(**about),
        "erase": lambda: actions.erase_video(**about),
        "publish": lambda: actions.publish_video(**about),
        "unschedule": lambda: actions.unschedule_video(**about),
        "schedule": lambda: actions.schedule_video(**about, publish_at=START + (hour + value) * HOUR),
        "show": lambda: actions.edit_video(**about, visibility=value),
        "say": lambda: actions.edit_video(**about, caption=value),
        "ready": lambda: clip_plays(video_id),
        "wait": lambda: None,
    }
    with contextlib.suppress(RevueError):
        acts[step]()


@transaction.atomic
def clip_plays(video_id: int) -> None:
    """As the worker does it: the clip's row is held first, so that nobody erases it meanwhile."""
    of_video = Video.objects.filter(pk=video_id).values("clip_id")
    clip = Clip.objects.select_for_update().filter(pk__in=of_video).first()
    if clip is not None:
        clip.state = ClipState.READY.value
        clip.save(update_fields=["state"])
        actions.follow_clip(clip_id=clip.pk, view=media.clip_view(clip))


def unmade(author_id: int) -> int:
    """A video whose clip is being made."""
    video_id = publish(author_id, state="processing", caption="first")
    Clip.objects.filter(pk__in=Video.objects.filter(pk=video_id).values("clip_id")).update(state="working")
    Video.objects.filter(pk=video_id).update(published_at=None)
    return video_id


def check(model: Model, ana, video_id: int) -> None:
    assert (video_id in queries.cards(viewer=VISITOR, video_ids=[video_id])) is model.is_seen
    assert queries.is_gone(video_id=video_id) is model.is_told_gone
    video = Video.objects.filter(pk=video_id).first()
    assert (video is None) is model.is_erased
    if video is None:
        assert not FormerCaption.objects.filter(video_id=video_id).exists()
        return
    assert (video.state == "binned", video.visibility) == (model.is_binned, model.visibility.value)
    assert video.publish_at == (None if model.publish_hour is None else START + model.publish_hour * HOUR)
    said = FormerCaption.objects.filter(video_id=video_id).order_by("pk").values_list("caption", flat=True)
    assert list(said) == model.shown


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(STEPS, st.integers(1, 2)), max_size=14))
def test_what_others_see_follows_from_what_was_done(steps, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, model, heard = viewer_of(make_person()), Model(), list[int]()
    monkeypatch.setattr(clock, "now", lambda: START + model.hour * HOUR)
    video_id = unmade(ana.person_id)
    hooks.on_published(hear := lambda *, video_id: heard.append(video_id))
    try:
        for step, times in steps:
            hour = model.hour
            model.do(*step)
            for _ in range(times):
                act(ana, video_id, hour, *step)
                actions.publish_due()
                actions.empty_bins()
            model.settle()
            check(model, ana, video_id)
    finally:
        hooks._published.remove(hear)
    assert heard.count(video_id) == model.is_out, "told once"  # those of examples before may go out meanwhile


@pytest.mark.django_db(transaction=True)
def test_at_once_they_leave_one_whole_video_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    ana, chance = viewer_of(make_person()), random.Random(5)
    made = [unmade(ana.person_id) for _ in range(4)]
    names = ["bin", "restore", "publish", "unschedule", "ready", "say", "show", "schedule", "erase"]
    values = {"say": "a", "show": Visibility.EVERYONE, "schedule": 400}
    monkeypatch.setattr(clock, "now", lambda: START)
    plans = [[(chance.choice(made), chance.choices(names, [9] * 8 + [1])[0]) for _ in range(30)] for _ in range(4)]

    def run(plan: list[tuple[int, str]]) -> None:
        try:
            for video_id, name in plan:
                act(ana, video_id, 0, name, values.get(name))
                actions.publish_due()
        finally:
            connection.close()

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(run, plans))
    videos = {video.pk: video for video in Video.objects.all()}
    for video_id in made:
        video = videos.get(video_id)
        is_listed_in_bin = video is not None and (video.state_before, video.visibility) == ("published", "everyone")
        assert video is None or (video.state == "binned") is (video.binned_at is not None) is bool(video.state_before)
        if video is not None:
            assert Gone.objects.filter(pk=video_id).exists() is is_listed_in_bin
            assert (video.published_at is None) or video.publish_at is None
    assert Clip.objects.count() == len(videos)
