"""Every number of the ranking, from one published file with the reason of each."""

import dataclasses
import functools
import json
import pathlib
from typing import Any

FILE = pathlib.Path(__file__).parent.parent / "ranker.json"


@dataclasses.dataclass(frozen=True)
class Formula:
    """The numbers by name; what each is for stands beside it in `ranker.json`."""

    taste_weight: float
    usual_watch: float
    interest: float
    interest_margin: float
    taste_spread: float
    taste_reach: float
    wide_spread: float
    watch_noise: float
    memory: float
    renewal: float
    closeness_gain: float
    like_worth: float
    share_worth: float
    comment_worth: float
    follow_worth: float
    save_worth: float
    repost_worth: float
    together: float
    together_half: float
    curiosity: float
    mass: float
    finished: float
    fresh: float
    fresh_half_life_s: float
    follow: float
    dial: float
    model_weight: float
    model_evidence: float
    model_labels: int
    model_lead: float
    value_watch: float
    value_long: float
    value_skip: float
    value_like: float
    value_share: float
    value_comment: float
    value_follow: float
    value_not_interested: float
    value_report: float
    prior_plays: float
    prior_rate: float
    temperature: float
    block: int
    new_viewer: int
    explorers_new: int
    explorers: int
    uniform: float
    author_most: int
    cluster_most: int
    pool_first: int
    pool_second: int
    pool_third: int
    pool_fourth: int
    pool_passes: float
    newest: int
    best: int
    followed: int
    near: int
    model_near: int
    asked: int
    beside: int

    @functools.cached_property
    def values(self) -> dict[str, float]:
        """What each label is worth, by the names of `heads.TASKS`."""
        prefix = "value_"
        every = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return {name.removeprefix(prefix): value for name, value in every.items() if name.startswith(prefix)}

    @property
    def pools(self) -> tuple[int, ...]:
        """How many impressions a new video has had when each of its pools is full."""
        return (self.pool_first, self.pool_second, self.pool_third, self.pool_fourth)


def published() -> dict[str, Any]:
    """The file as it stands: version, formula, and each number with its reason."""
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


_DATA = published()
VERSION: str = _DATA["version"]
FORMULA = Formula(**{name: value for name, (value, _) in _DATA["numbers"].items()})
