"""What axe finds wrong with a page as it stands."""

import pathlib
from typing import Any

from playwright.sync_api import Page

from tests.journeys.still import wait_until_still

AXE = pathlib.Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Colour over a moving picture cannot be computed: axe says "incomplete" there, which is no violation.
RUN = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


def complaints(page: Page) -> list[str]:
    """What axe finds, in one line for each."""
    wait_until_still(page)  # half transparent text has half the contrast
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return [f"{item['id']}: {node['html'][:140]} {node['failureSummary']}" for item in found for node in item["nodes"]]
