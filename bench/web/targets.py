"""What is expected of the web app, and how what was measured compares."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Target:
    """A figure that has to be reached, and one that would be among the best."""

    name: str
    must: float
    best: float
    unit: str = "ms"
    is_least: bool = False  # the figure should be no less, rather than no more

    def row(self, found: float) -> str:
        """A line of the table."""
        return f"| {self.name} | {found:,.4g} | {self.must:,g} | {self.best:,g} | {self.unit} | {self.verdict(found)} |"

    def verdict(self, found: float) -> str:
        """In a word."""
        meets = (lambda limit: found >= limit) if self.is_least else (lambda limit: found <= limit)
        return "among the best" if meets(self.best) else "met" if meets(self.must) else "**missed**"


HEAD = "| | found | must | best | | |\n|---|---|---|---|---|---|"
SCRIPTS = Target("scripts of the feed page", 45, 30, "kB")
STYLES = Target("styles of the feed page", 12, 8, "kB")
NAVIGATION = {
    "10 Mbit/s, 40 ms": Target("navigation → frame, 10 Mbit/s, 40 ms", 1000, 500),
    "1.6 Mbit/s, 150 ms": Target("navigation → frame, 1.6 Mbit/s, 150 ms", 1500, 800),
}
COLD = {
    "10 Mbit/s, 40 ms": Target("swipe → frame, cold, 10 Mbit/s, 40 ms", 300, 150),
    "1.6 Mbit/s, 150 ms": Target("swipe → frame, cold, 1.6 Mbit/s, 150 ms", 700, 400),
}
PRELOADED = Target("swipe → frame, preloaded, p95", 150, 80)
HITS = Target("preloaded after 3 s", 95, 99, "%", is_least=True)
STALLED = Target("standing still of all playing time", 1, 0.2, "%")
LIKED = Target("like → seen", 50, 17)
SHIFT = Target("layout shift", 0.05, 0, "")
NODES = Target("DOM nodes after 200 clips", 3000, 2000, "")
VIDEOS = Target("video elements", 4, 4, "")
POSTERS = Target("slides that came in with a picture", 100, 100, "%", is_least=True)
PERFORMANCE = Target("Lighthouse, performance", 90, 100, "", is_least=True)
ACCESSIBILITY = Target("Lighthouse, accessibility", 100, 100, "", is_least=True)
PRACTICES = Target("Lighthouse, best practices", 90, 100, "", is_least=True)
