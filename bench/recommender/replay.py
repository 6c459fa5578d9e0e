"""KuaiRand in time order, each long view predicted before it is learnt: what freshness is worth, step by step.

python -m bench.recommender.replay --data FOLDER

Full ranking over all videos; what is in the viewer's live history of long views is excluded in every row. The numbers
of the blend were chosen on the days before 29 April alone; the last column is what they give on the days after.
"""

import argparse
import copy
import dataclasses
import time

import numpy as np
import numpy.typing as npt

from bench.recommender import data, protocol
from bench.recommender.data import KuaiRand
from revue.recommender.engine.covisit import Counting, CoVisits, Numbers

CHOSEN_BEFORE = 19_111  # 29 April 2022, in days since 1970
BLEND_FLOOR, BLEND_LEAST = 1e-4, 0.05  # of the reference blend
SLOW_SPAN, FAST_SPAN = 6667.0, 1000.0  # long views of everybody until one counts 1/e
PAST = 0.1  # what a view of the histories counts in popularity, whose times are not known
GATE_BLEND, GATE_GAIN = 0.0500, 0.23
Floats = npt.NDArray[np.float64]


@dataclasses.dataclass
class Viewer:
    """One viewer's long views, oldest first, as they were at three moments; and all that was shown."""

    frozen: list[int]
    day_start: list[int]
    live: list[int]
    shown: set[int]
    day: int = 0

    def at(self, day: int) -> "Viewer":
        """The same viewer, whose day has begun."""
        if day != self.day:
            self.day, self.day_start = day, list(self.live)
        return self


class Replay:
    """The log, and every model of the ladder."""

    def __init__(self, log: KuaiRand, neighbours: int) -> None:
        self.log, self.rows = log, np.arange(log.n_videos)
        numbers = dataclasses.replace(Numbers(), neighbours=neighbours)
        self.counting = Counting(fast_span=FAST_SPAN, slow_span=SLOW_SPAN, numbers=numbers)
        self.viewers = [self._viewer(user) for user in range(log.n_users)]
        _count_all(self.counting, self.viewers)
        self.visits = self.counting.visits
        self.frozen, self.daily = copy.deepcopy(self.visits), copy.deepcopy(self.visits)
        self.popularity = np.bincount(log.histories["long_watch_seq"].items, minlength=log.n_videos).astype(float)
        self.slow_daily, self.day, self.clock = copy.deepcopy(self.counting.slow), 0, 0.0

    def _viewer(self, user: int) -> Viewer:
        before = [int(item) for item in self.log.histories["long_watch_seq"].of(user)]
        shown = {int(item) for item in self.log.histories["watch_seq"].of(user)}
        return Viewer(before, list(before), list(before), shown | set(before))

    def begin_day(self, day: int) -> None:
        """What is refreshed daily is refreshed."""
        if day != self.day:
            self.day, self.daily = day, copy.deepcopy(self.visits)
            self.slow_daily = copy.deepcopy(self.counting.slow)

    def ladder(self, viewer: Viewer) -> dict[str, tuple[Floats, bool]]:
        """Scores of all videos by each model, and whether what was shown is left out as well."""
        slow = self.counting.slow.at(self.rows, self.clock)
        live = self._similar(self.visits, viewer.live)
        ours = self.counting.scores(np.array(viewer.live), self.clock, self.rows)[1]
        return {
            "popularity, all time": (self.popularity, False),
            "popularity, decayed, daily": (self.slow_daily.at(self.rows, self.clock), False),
            "popularity, decayed, live": (slow, False),
            "kNN, frozen parameters, frozen history": (self._similar(self.frozen, viewer.frozen), False),
            "… history as of day start": (self._similar(self.frozen, viewer.day_start), False),
            "… live history": (self._similar(self.frozen, viewer.live), False),
            "daily parameters, live history": (self._similar(self.daily, viewer.live), False),
            "live parameters, live history": (live, False),
            "… blended with live popularity (reference)": ((live + BLEND_FLOOR) * np.sqrt(slow + BLEND_LEAST), False),
            "… blended with what grows": (ours, False),
            "… and nothing shown before (our engine)": (ours, True),
        }

    def learn(self, viewer: Viewer, video: int) -> None:
        """A long view."""
        self.clock += 1
        self.counting.add(np.array(viewer.live, np.int64), video, self.clock)
        viewer.live.append(video)

    def _similar(self, visits: CoVisits, history: list[int]) -> Floats:
        made = np.zeros(self.log.n_videos)
        rows, scores = visits.scores(np.array(history, np.int64))
        made[rows] = scores
        return made


def _count_all(counting: Counting, viewers: list[Viewer]) -> None:
    """What came before the log; without times it counts little in popularity."""
    for viewer in viewers:
        before = np.array(viewer.frozen, np.int64)
        for place, item in enumerate(viewer.frozen):
            counting.visits.add(before[:place], item)
            counting.slow.add(item, 0.0, PAST)
            counting.fast.add(item, 0.0, PAST * FAST_SPAN / SLOW_SPAN)


def main() -> None:
    """Replay, print the ladder, and say whether the gates are passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.argument(parser)
    parser.add_argument("--neighbours", type=int, default=1024, help="kept for each video")
    parser.add_argument("--until", type=int, default=99_999, help="stop before this day since 1970")
    words = parser.parse_args()
    try:
        log = data.kuairand(words.data)
    except data.Missing as error:
        print(f"skipped, {error}")
        return
    gains, days = _replay(log, words.neighbours, words.until)
    _tell(gains, days)


def _replay(log: KuaiRand, neighbours: int, until: int) -> tuple[dict[str, list[float]], list[int]]:
    began = time.monotonic()
    replay = Replay(log, neighbours)
    print(f"histories counted in {time.monotonic() - began:.0f} s", flush=True)
    gains: dict[str, list[float]] = {}
    days: list[int] = []
    columns = (log.events[name].tolist() for name in ("user_id", "video_id", "long_view", "day"))
    for user, video, is_long, day in zip(*columns, strict=True):
        if day >= until:
            break
        replay.begin_day(day)
        viewer = replay.viewers[user].at(day)
        if is_long and len(viewer.frozen) >= 2 and video not in viewer.live:
            days.append(day)
            for name, (scores, is_strict) in replay.ladder(viewer).items():
                gains.setdefault(name, []).append(_gain(scores, video, viewer, is_strict=is_strict))
        if is_long:
            replay.learn(viewer, video)
        viewer.shown.add(video)
    print(f"replayed in {time.monotonic() - began:.0f} s")
    return gains, days


def _gain(scores: Floats, video: int, viewer: Viewer, *, is_strict: bool) -> float:
    if is_strict and video in viewer.shown:
        return 0.0  # shown before without a long view, and left out for it: such a model cannot find it
    scores = scores.copy()
    scores[list(viewer.shown) if is_strict else viewer.live] = -np.inf
    return float(protocol.gain(np.array([protocol.rank_of(scores, video)]))[0])


def _tell(gains: dict[str, list[float]], days: list[int]) -> None:
    later = np.array(days) >= CHOSEN_BEFORE
    print(f"{len(days)} predictions\n{'':<46} HR@10   NDCG@10  step (s.e.)         from 29 April")
    means, before = {}, None
    for name, each in gains.items():
        found = np.array(each)
        step = "" if before is None else _step(found - before)
        means[name], before = found.mean(), found
        after = f"{found[later].mean():.4f}" if later.any() else ""
        print(f"{name:<46} {(found > 0).mean():.4f}  {found.mean():.4f}  {step:<20} {after}")
    ours, frozen = means["… and nothing shown before (our engine)"], means["kNN, frozen parameters, frozen history"]
    gain = ours / frozen - 1
    print(f"blend {ours:.4f}, gate {GATE_BLEND}: {'passed' if ours >= GATE_BLEND else 'FAILED'}")
    print(f"live over frozen {gain:+.1%}, gate {GATE_GAIN:+.0%}: {'passed' if gain >= GATE_GAIN else 'FAILED'}")


def _step(steps: Floats) -> str:
    return f"{steps.mean():+.4f} ({steps.std() / len(steps) ** 0.5:.4f})"


if __name__ == "__main__":
    main()
