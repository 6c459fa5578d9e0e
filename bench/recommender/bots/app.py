"""The web app as the server sees it: what `frontend/src/feed/feed.svelte.ts` and `player/WatchLog.ts` send, and when.

Only what belongs to the feed: nothing is drawn and no clip is fetched. Time is simulated: a watch takes none, but the
app waits for each answer before the viewer goes on, as it would have come long before the clip is over.
"""

import asyncio
import dataclasses
import json
import re
import secrets
import time
import uuid
from typing import Any
from urllib.parse import urlencode

from bench.recommender.bots.http import Browser, Refused

PAGE, AHEAD, KEPT = 3, 3, 2  # as of feed.svelte.ts
SKIP_MS = 3000  # as of WatchLog.ts
FIRST_FRAME_MS = 120  # any
_TOO_MANY = 429
_BOOT = re.compile(rb'<script id="feed-data" type="application/json">(.*?)</script>', re.DOTALL)
Item = dict[str, Any]


@dataclasses.dataclass
class Times:
    """How long the server took, in seconds, and what went wrong."""

    feed: list[float] = dataclasses.field(default_factory=list)  # asking for a page, mostly a rank anew
    events: list[float] = dataclasses.field(default_factory=list)  # reporting a watch
    effect: list[float] = dataclasses.field(default_factory=list)  # the swipe → a pick that knows the watch it ended
    ages: list[float] = dataclasses.field(default_factory=list)  # since the newest event that the served weights know
    errors: list[str] = dataclasses.field(default_factory=list)
    waited: int = 0  # times that the server said "not so fast", and was asked again when it said


class App:
    """One browser with the app open on For You."""

    def __init__(self, port: int, times: Times) -> None:
        self.browser, self.times = Browser(port), times
        self.items: list[Item] = []
        self._cursor, self._model, self._session = "", "", str(_uuid7())
        self._waiting: list[dict[str, Any]] = []
        self._watched: tuple[Item, float] | None = None

    async def open(self) -> None:
        """Go to the front page: it names the visitor, and the first videos are in it."""
        found = _BOOT.search(await self.browser.ask("GET", "/"))
        if found is None:
            raise RuntimeError("the front page holds no feed")
        self._take(json.loads(found[1])["page"])

    async def activate(self, index: int) -> Item | None:
        """The viewer comes to a video; those behind the next one are ranked anew. None where there is no more."""
        if index >= len(self.items):
            await self._more()
        if index >= len(self.items):
            return None
        item = self.items[index]
        self._end("swipe")
        self._note("impression", item)
        await (self._more() if len(self.items) - index <= AHEAD else self._renew(index))
        return item

    def watch(self, item: Item, ratio: float) -> None:
        """The viewer has watched the active video: so much of its length, above 1 where it began again."""
        self._watched = (item, ratio)

    async def leave(self) -> None:
        """The page is closed."""
        self._end("exit")
        await self._flush()

    async def never(self, topic_id: int) -> None:
        """Turn a topic's dial to Never; the feed begins anew."""
        body, token = {"step": -2}, json.loads(await self.browser.ask("GET", "/api/v1/session"))["csrf_token"]
        await self.browser.ask(
            "PUT", f"/api/v1/me/feed/topics/{topic_id}", body, Content_Type="application/json", X_CSRFToken=token
        )
        self.items.clear()
        await self.open()

    async def _renew(self, index: int) -> None:
        since = time.perf_counter()
        if await self._flush():
            await self._more(index + KEPT)
            self.times.effect.append(time.perf_counter() - since)

    async def _more(self, again_from: int | None = None) -> None:
        position = None if again_from is None else self.items[again_from]["position"]
        query = {"limit": PAGE, "cursor": self._cursor} | ({} if position is None else {"again_from": position})
        since = time.perf_counter()
        page = json.loads(await self._asked("GET", f"/api/v1/feed/foryou?{urlencode(query)}") or b"null")
        self.times.feed.append(time.perf_counter() - since)
        if page is not None:
            del self.items[len(self.items) if again_from is None else again_from :]
            self._take(page)

    def _take(self, page: dict[str, Any]) -> None:
        known = {item["id"] for item in self.items}
        self.items += [item for item in page["items"] if item["id"] not in known]
        self._cursor, self._model = page["next_cursor"] or "", page["model_version"]

    def _end(self, how: str) -> None:
        """What the player reports of a whole watch, from its first frame to the swipe."""
        if self._watched is None:
            return
        (item, ratio), self._watched = self._watched, None
        length = item["duration_ms"]
        played, loops = round(ratio * length), int(ratio)
        reached = min(played, length)
        self._note("play_start", item, data={"ttff_ms": FIRST_FRAME_MS, "rendition": "540"})
        for quarter in range(1, min(3, int(4 * ratio)) + 1):
            self._note("progress", item, data={"quarter": quarter})
        if loops:
            self._note("complete", item)
        self._note("watch_ms", item, watch_ms=played, loops=loops, max_pos_ms=reached)
        if how == "exit":
            self._note("exit", item)
        elif not loops and played < SKIP_MS and reached < length / 2:
            self._note("skip", item)

    def _note(self, kind: str, item: Item, **more: Any) -> None:
        self._waiting.append(
            {
                "id": str(_uuid7()),
                "kind": kind,
                "video_id": item["id"],
                "at_ms": time.time_ns() // 1_000_000,
                "position": item["position"],
                "source": item["source"],
                "session": self._session,
                "propensity": item["propensity"],
                "model_version": self._model,
                **more,
            }
        )

    async def _flush(self) -> bool:
        """Send what waits; whether it is the server's now."""
        if not self._waiting:
            return True
        since = time.perf_counter()
        answer = await self._asked("POST", "/api/v1/events", {"events": self._waiting})
        self.times.events.append(time.perf_counter() - since)
        if answer is not None:
            receipt = json.loads(answer)
            if receipt["accepted"] != len(self._waiting):
                self.times.errors.append(f"of {len(self._waiting)} events: {receipt}")
            self._waiting = []
        return answer is not None

    async def _asked(self, method: str, path: str, body: Any = None) -> bytes | None:
        """A request, again when the server says so; None where it says no, which is counted."""
        while True:
            try:
                return await self.browser.ask(method, path, body)
            except Refused as refused:
                if refused.status != _TOO_MANY:
                    self.times.errors.append(str(refused))
                    return None
                self.times.waited += 1
                await asyncio.sleep(refused.retry_after_s)
            except OSError as error:
                self.times.errors.append(f"{method} {path}: {error!r}")
                return None


def _uuid7() -> uuid.UUID:
    """A time-ordered id, as the app makes them."""
    high = (time.time_ns() // 1_000_000 << 16) | (7 << 12) | secrets.randbits(12)
    return uuid.UUID(int=(high << 64) | (0b10 << 62) | secrets.randbits(62))
