"""Numbers for Prometheus, named `revue_app_noun_unit`, added up over all processes of the instance.

`revue up` gives its processes one folder (PROMETHEUS_MULTIPROC_DIR); each writes its own files there and
`/metrics` reads them all. Without that folder a process knows only itself, which is right for tests.
"""

import os
from collections.abc import Sequence

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from revue.platform.metrics_folder import FOLDER_VARIABLE

CONTENT_TYPE = prometheus_client.CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)


def counter(name: str, help_text: str, labels: Sequence[str] = ()) -> Counter:
    """Something that only grows; `name` ends in `_total`."""
    return Counter(name, help_text, labels)


def gauge(name: str, help_text: str, labels: Sequence[str] = ()) -> Gauge:
    """Something that goes up and down; summed over living processes."""
    return Gauge(name, help_text, labels, multiprocess_mode="livesum")


def histogram(
    name: str, help_text: str, labels: Sequence[str] = (), *, buckets: Sequence[float] = _SECONDS
) -> Histogram:
    """How values are spread; `name` ends in its unit, and values are in that unit."""
    return Histogram(name, help_text, labels, buckets=tuple(buckets))


def render(*, extra: dict[str, dict[str, float]] | None = None) -> bytes:
    """Everything in Prometheus' text format.

    Args:
        extra: gauges known only when asked: `name|help|label` → label value → number.
    """
    registry = CollectorRegistry() if os.environ.get(FOLDER_VARIABLE) else prometheus_client.REGISTRY
    if registry is not prometheus_client.REGISTRY:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return prometheus_client.generate_latest(registry) + _render_gauges(extra or {})


def _render_gauges(extra: dict[str, dict[str, float]]) -> bytes:
    lines = []
    for description, values in extra.items():
        name, help_text, label = description.split("|")
        lines += [f"# HELP {name} {help_text}", f"# TYPE {name} gauge"]
        lines += [f'{name}{{{label}="{value}"}} {number}' for value, number in sorted(values.items())]
    return "".join(f"{line}\n" for line in lines).encode()
