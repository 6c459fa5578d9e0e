"""What is known of an impression before it happens: counters in time order, from KuaiRand's histories and log.

A row's features are read before the row itself is counted. Counters of users stand still from `frozen_ms` on: within
one user's fixed set of labels a running mean tells by its changes what is left, in the wrong direction.
"""

import dataclasses
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.recommender.data import KuaiRand

Floats = npt.NDArray[np.float64]
MEAN = 0.31  # long views among all impressions
_HOUR_MS = 3_600_000.0
_BUCKETS = 3.0  # of the duration, for each factor e


@dataclasses.dataclass(frozen=True)
class Table:
    """Impressions by time."""

    names: tuple[str, ...]
    features: npt.NDArray[np.float32]  # (rows, names)
    long: Floats  # 1 = a long view
    user: npt.NDArray[np.int64]
    time_ms: npt.NDArray[np.int64]
    watched_ms: Floats


class Rate:
    """Sums and counts by key, smoothed towards what is assumed of a key that is new."""

    def __init__(self, strength: float) -> None:
        self.strength = strength
        self.sums: dict[Any, float] = {}
        self.counts: dict[Any, int] = {}

    def add(self, key: Any, label: float) -> None:
        """Count one label."""
        self.sums[key] = self.sums.get(key, 0.0) + label
        self.counts[key] = self.counts.get(key, 0) + 1

    def of(self, key: Any, assumed: float = MEAN) -> float:
        """(sum + assumed · strength) / (count + strength)."""
        return (self.sums.get(key, 0.0) + assumed * self.strength) / (self.counts.get(key, 0) + self.strength)

    def count(self, key: Any) -> int:
        """How often the key was counted."""
        return self.counts.get(key, 0)


class Counters:
    """Everything that is counted, and one row of features from it."""

    def __init__(self, log: KuaiRand) -> None:
        self.videos = _Videos(log)
        self.video, self.author, self.tag, self.music, self.span, self.tab = (Rate(s) for s in (10, 10, 20, 10, 20, 20))
        self.video_tab = Rate(10)
        self.user, self.user_tag, self.user_author, self.user_span, self.user_tab = (Rate(s) for s in (5, 3, 2, 3, 3))
        self.last: dict[int, int] = {}
        self.shown, self.shown_at = np.zeros((log.n_videos, 2)), np.zeros(log.n_videos)
        self.is_frozen = False

    def row(self, user: int, video: int, time_ms: int, tab: int, duration_ms: float) -> dict[str, float]:
        """Features before the impression."""
        videos, own = self.videos, self.user.of(user)
        span = _span(duration_ms)
        rate, author = self.video.of(video), int(videos.author[video])
        tags = videos.tags[video]
        since_h = (time_ms - self.shown_at[video]) / _HOUR_MS
        return {
            "user": own,
            "user n": self.user.count(user),
            "video": rate,
            "video n": self.video.count(video),
            "author": self.author.of(author),
            "music": self.music.of(int(videos.music[video])),
            "tag": float(np.mean([self.tag.of(tag) for tag in tags])),
            "duration rate": self.span.of(span),
            "tab rate": self.tab.of(tab),
            "video, tab": self.video_tab.of((video, tab), rate),
            "user, tag": float(np.mean([self.user_tag.of((user, tag), own) for tag in tags])),
            "user, tag n": sum(self.user_tag.count((user, tag)) for tag in tags),
            "user, author": self.user_author.of((user, author), own),
            "user, author n": self.user_author.count((user, author)),
            "user, duration": self.user_span.of((user, span // 2), own),
            "user, tab": self.user_tab.of((user, tab), own),
            "minutes since": min((time_ms - self.last.get(user, 0)) / 6e4, 1e4),
            "shown, day": float(self.shown[video, 0] * np.exp(-since_h / 24)),
            "shown, 3 h": float(self.shown[video, 1] * np.exp(-since_h / 3)),
            "tab": tab,
            "duration": duration_ms,
            "hour": (time_ms // _HOUR_MS + 8) % 24,
            "first tag": tags[0],
            "upload type": int(videos.upload[video]),
        }

    def add(self, user: int, video: int, tab: int | None, duration_ms: float, label: float) -> None:
        """Count an impression; `tab` is not known in histories."""
        videos, span = self.videos, _span(duration_ms)
        author = int(videos.author[video])
        for rate, key in (
            (self.video, video),
            (self.author, author),
            (self.music, int(videos.music[video])),
            (self.span, span),
        ):
            rate.add(key, label)
        for tag in videos.tags[video]:
            self.tag.add(tag, label)
        if tab is not None:
            self.tab.add(tab, label)
            self.video_tab.add((video, tab), label)
        if not self.is_frozen:
            self._add_user(user, author, video, tab, span, label)

    def passed(self, user: int, video: int, time_ms: int) -> None:
        """Note when an impression was."""
        since_h = (time_ms - self.shown_at[video]) / _HOUR_MS
        self.shown[video] = self.shown[video] * np.exp(-since_h / np.array([24.0, 3.0])) + 1
        self.shown_at[video], self.last[user] = time_ms, time_ms

    def _add_user(self, user: int, author: int, video: int, tab: int | None, span: int, label: float) -> None:
        self.user.add(user, label)
        self.user_author.add((user, author), label)
        self.user_span.add((user, span // 2), label)
        for tag in self.videos.tags[video]:
            self.user_tag.add((user, tag), label)
        if tab is not None:
            self.user_tab.add((user, tab), label)


class _Videos:
    """What is known of videos beforehand."""

    def __init__(self, log: KuaiRand) -> None:
        rows, count = log.videos["video_id"], log.n_videos
        self.author, self.music, self.upload = (np.zeros(count, np.int64) for _ in range(3))
        self.author[rows], self.music[rows] = log.videos["author_id"], log.videos["music_id"]
        self.upload[rows] = np.unique(log.videos["upload_type"].astype(str), return_inverse=True)[1]
        self.duration = np.zeros(count)
        self.duration[rows] = np.nan_to_num(log.videos["video_duration"].astype(float))
        self.tags: list[tuple[int, ...]] = [(-1,)] * count
        for row, words in zip(rows.tolist(), log.videos["tag"].astype(str), strict=True):
            self.tags[row] = tuple(int(word) if word.isdigit() else -1 for word in words.split(","))


def table(log: KuaiRand, frozen_ms: int) -> Table:
    """Features of all impressions of the log."""
    counters = Counters(log)
    users, videos, labels = past(log)
    for user, video, label in zip(users.tolist(), videos.tolist(), labels.tolist(), strict=True):
        counters.add(user, video, None, counters.videos.duration[video], label)
    events = log.events
    columns = [events[name].tolist() for name in ("user_id", "video_id", "time_ms", "tab", "duration_ms", "long_view")]
    rows: list[list[float]] = []
    names: tuple[str, ...] = ()
    for user, video, time_ms, tab, duration, label in zip(*columns, strict=True):
        counters.is_frozen = time_ms >= frozen_ms
        length = duration or counters.videos.duration[video]
        row = counters.row(user, video, time_ms, tab, length)
        names = names or tuple(row)
        rows.append(list(row.values()))
        counters.add(user, video, tab, length, label)
        counters.passed(user, video, time_ms)
    more, told = effects(log), static(log)
    features = np.concatenate([np.array(rows, np.float32), more, told[1]], axis=1)
    return Table(
        (*names, "video effect", "user effect", "both", *told[0]),
        features,
        events["long_view"].astype(float),
        events["user_id"],
        events["time_ms"],
        events["play_time_ms"].astype(float),
    )


def past(log: KuaiRand) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
    """Users, videos and labels of the impressions before the log."""
    watched, long = log.histories["watch_seq"], log.histories["long_watch_seq"]
    users = np.repeat(np.arange(log.n_users), np.diff(watched.starts))
    long_users = np.repeat(np.arange(log.n_users), np.diff(long.starts))
    labels = np.isin(users * log.n_videos + watched.items, long_users * log.n_videos + long.items)
    return users, watched.items, labels.astype(float)


def effects(
    log: KuaiRand, rounds: int = 6, video_ridge: float = 8.0, user_ridge: float = 4.0
) -> npt.NDArray[np.float32]:
    """What videos and users add to the mean by the histories, each net of the other: (rows of the log, 3)."""
    users, videos, labels = past(log)
    rest = labels - labels.mean()
    video, user = np.zeros(log.n_videos), np.zeros(log.n_users)
    for _ in range(rounds):
        video = _ridge(videos, rest - user[users], video_ridge, log.n_videos)
        user = _ridge(users, rest - video[videos], user_ridge, log.n_users)
    by_row = video[log.events["video_id"]], user[log.events["user_id"]]
    return np.stack([*by_row, by_row[0] + by_row[1]], axis=1).astype(np.float32)


def static(log: KuaiRand) -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """Columns of the users' own table, words numbered: (rows of the log, columns)."""
    names = tuple(name for name in log.users if name != "user_id")
    made = np.full((log.n_users, len(names)), np.nan, np.float32)
    for place, name in enumerate(names):
        column = log.users[name]
        is_text = column.dtype.kind not in "iuf"
        made[log.users["user_id"], place] = np.unique(column.astype(str), return_inverse=True)[1] if is_text else column
    return names, made[log.events["user_id"]]


def _ridge(keys: npt.NDArray[np.int64], rest: Floats, ridge: float, count: int) -> Floats:
    return np.bincount(keys, rest, count) / (np.bincount(keys, minlength=count) + ridge)


def _span(duration_ms: float) -> int:
    return int(np.log(max(duration_ms, 1000.0) / 1000) * _BUCKETS)
