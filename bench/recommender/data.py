"""The public logs the benches read, from one folder named on the command line; nothing is fetched.

Exact repeats of a row are dropped at once: left in, they put the answer into every live counter. Rows are numbered from
0 within each set, so that they can index arrays.
"""

import argparse
import csv
import dataclasses
import pathlib

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Columns = dict[str, npt.NDArray[np.generic]]
MAY_1_MS = 1_651_334_400_000  # 1 May 2022, 00:00 in Beijing
DAY_MS = 86_400_000
BEIJING_MS = 8 * 3_600_000


class Missing(Exception):
    """A file of the set is not in the folder, or nothing here can read it; the bench is skipped."""


@dataclasses.dataclass(frozen=True)
class Sequences:
    """What each user took, oldest first: `items` holds all users end to end, user u from `starts[u]` on."""

    name: str
    items: Ints
    starts: Ints
    n_items: int
    times: Ints | None = None  # seconds, beside `items`

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, user: int) -> Ints:
        """The items of one user, oldest first."""
        return self.items[self.starts[user] : self.starts[user + 1]]


@dataclasses.dataclass(frozen=True)
class KuaiRand:
    """A log of impressions by ascending time, and what is known of users and videos before it begins."""

    events: Columns  # columns of the source, and `day` counted in Beijing from 1970
    histories: dict[str, Sequences]  # watch_seq, long_watch_seq, like_seq: for each user, oldest first
    videos: Columns
    users: Columns
    n_users: int
    n_videos: int


def argument(parser: argparse.ArgumentParser) -> None:
    """Add `--data FOLDER`."""
    parser.add_argument("--data", type=pathlib.Path, required=True, metavar="FOLDER", help="where the logs are")


def parquet(path: pathlib.Path) -> "pyarrow.Table":  # noqa: F821 - an optional extra
    """A table of a parquet file.

    Raises:
        Missing: when there is no such file, or pyarrow (extra `bench`) is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: PLC0415 - only those who read parquet need it
    except ImportError as error:
        raise Missing("pyarrow reads these files: install the extra `bench`") from error
    _demand(path)
    return pyarrow.parquet.read_table(path)


def beauty(folder: pathlib.Path) -> Sequences:
    """Amazon Beauty in the split-free form that S3-Rec published: 22,363 users, 12,101 items, order only."""
    _demand(folder / "amazon_beauty_s3rec.npz")
    with np.load(folder / "amazon_beauty_s3rec.npz") as held:
        items, lengths = held["items"].astype(np.int64) - 1, held["lengths"]
    return Sequences("Beauty", items, _starts(lengths), int(items.max()) + 1)


def ml100k(folder: pathlib.Path) -> Sequences:
    """MovieLens 100K: every rating counts as taken."""
    table = parquet(folder / "ml100k_ratings.parquet")
    users, items, times = (table[name].to_numpy().astype(np.int64) for name in ("user_id", "item_id", "timestamp"))
    return sequences("ML-100K", users, items, times)


def ml1m(folder: pathlib.Path) -> Sequences:
    """MovieLens 1M from its own `ratings.dat`, for those who hold it."""
    path = folder / "ml-1m" / "ratings.dat"
    _demand(path)
    rows = np.loadtxt(path.read_text().replace("::", " ").splitlines(), dtype=np.int64)
    return sequences("ML-1M", rows[:, 0], rows[:, 1], rows[:, 3])


def long_views(folder: pathlib.Path, *, at_least: int = 5) -> Sequences:
    """KuaiRand's long views, histories then events, the first of each video only; users with `at_least` of them."""
    log = kuairand(folder)
    before = log.histories["long_watch_seq"]
    is_long = log.events["long_view"] == 1
    users = np.concatenate([np.repeat(np.arange(log.n_users), np.diff(before.starts)), log.events["user_id"][is_long]])
    items = np.concatenate([before.items, log.events["video_id"][is_long]])
    order = np.argsort(users, kind="stable")
    users, items = users[order], items[order]
    first = np.sort(np.unique(users * log.n_videos + items, return_index=True)[1])
    users, items = users[first], items[first]
    enough = np.bincount(users, minlength=log.n_users)[users] >= at_least
    return sequences("KuaiRand-Pure long views", users[enough], items[enough])


def kuairand(folder: pathlib.Path, *, events: str = "kuairand_pure_events.parquet") -> KuaiRand:
    """KuaiRand-Pure: impressions with watch time, and the histories before them."""
    table = parquet(folder / events)
    columns = _distinct({name: table[name].to_numpy() for name in table.column_names})
    histories = parquet(folder / "kuairand_pure_histories.parquet")
    videos = {name: column.to_numpy() for name, column in _named(folder / "kuairand_pure_videos.parquet")}
    users = {name: column.to_numpy() for name, column in _named(folder / "kuairand_pure_users.parquet")}
    n_users, n_videos = int(users["user_id"].max()) + 1, int(videos["video_id"].max()) + 1
    kept = {
        name: _lists(name, histories["user_id"].to_numpy(), histories[name], n_users, n_videos)
        for name in ("watch_seq", "long_watch_seq", "like_seq")
    }
    return KuaiRand(columns, kept, videos, users, n_users, n_videos)


def kuairand_random(folder: pathlib.Path) -> Columns:
    """KuaiRand's log of random exposure (`log_random_4_22_to_5_08_pure.csv`), for those who hold it.

    Videos were drawn uniformly there, so that a policy can be judged by it without bias. Users and videos keep the
    ids of that file, which are not those of the converted log.
    """
    path = folder / "log_random_4_22_to_5_08_pure.csv"
    _demand(path)
    with path.open(newline="") as opened:
        rows = csv.reader(opened)
        names = next(rows)
        values = np.array([[int(float(cell)) for cell in row] for row in rows], np.int64)
    return _distinct({name: values[:, place] for place, name in enumerate(names)})


def sequences(name: str, users: Ints, items: Ints, times: Ints | None = None) -> Sequences:
    """Sequences of rows in any order of users; within a user by time, or as they stand where there is none."""
    order = np.argsort(users, kind="stable") if times is None else np.lexsort((times, users))
    _, lengths = np.unique(users, return_counts=True)
    known, rows = np.unique(items, return_inverse=True)
    kept = None if times is None else times[order]
    return Sequences(name, rows[order].astype(np.int64), _starts(lengths), len(known), kept)


def _demand(path: pathlib.Path) -> None:
    if not path.is_file():
        raise Missing(f"{path.name} is not in {path.parent}")


def _named(path: pathlib.Path) -> list[tuple[str, "pyarrow.ChunkedArray"]]:  # noqa: F821 - an optional extra
    table = parquet(path)
    return [(name, table[name]) for name in table.column_names]


def _starts(lengths: npt.NDArray[np.generic]) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _distinct(columns: Columns) -> Columns:
    """Rows that repeat another one in every column are left out; the others go by time."""
    rows = np.stack([column.astype(np.int64) for column in columns.values()], axis=1)
    first = np.sort(np.unique(rows, axis=0, return_index=True)[1])
    first = first[np.argsort(columns["time_ms"][first], kind="stable")]
    kept = {name: column[first].astype(np.int64) for name, column in columns.items()}
    return {**kept, "day": (kept["time_ms"] + BEIJING_MS) // DAY_MS}


def _lists(
    name: str,
    users: npt.NDArray[np.generic],
    column: "pyarrow.ChunkedArray",  # noqa: F821 - an optional extra
    n_users: int,
    n_videos: int,
) -> Sequences:
    """A column of lists as sequences of all users, those without a row empty."""
    whole = column.combine_chunks()
    lengths = np.zeros(n_users, np.int64)
    lengths[users] = whole.value_lengths().fill_null(0).to_numpy()
    order = np.argsort(users, kind="stable")
    flat = whole.flatten().to_numpy().astype(np.int64)
    starts = _starts(whole.value_lengths().fill_null(0).to_numpy())
    parts = [flat[starts[row] : starts[row + 1]] for row in order]
    return Sequences(name, np.concatenate(parts), _starts(lengths), n_videos)
