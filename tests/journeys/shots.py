"""Pictures of every page and sheet, to look at: `python -m tests.journeys.shots FOLDER [words of their names]`.

At the three sizes that the app is drawn for, dark and light; `--lang ar` asks for another language.
"""

import argparse
import pathlib
import re
import tempfile

from playwright.sync_api import sync_playwright

from tests.journeys import places
from tests.journeys.conftest import BROWSER_FLAGS, find_chromium
from tests.journeys.network import running_with_tables
from tests.journeys.still import wait_until_still

SIZES = ((390, 844), (768, 1024), (1440, 900))
THEMES = ("dark", "light")


def main() -> None:
    """Take them; each file is named by place, width and theme."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.shots", description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("words", nargs="*", help="only places with one of them in their name")
    parser.add_argument("--lang", default="en", help="what the browser asks for")
    words = parser.parse_args()
    wanted = [place for place in places.PLACES if not words.words or any(word in place.name for word in words.words)]
    words.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, running_with_tables(pathlib.Path(scratch) / "data") as network:
        places.stock(network)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=BROWSER_FLAGS)
            for place in wanted:
                context = browser.new_context(base_url=network.url, locale=words.lang, viewport=_size(SIZES[0]))  # type: ignore[arg-type]
                page = context.new_page()
                places.arrive(page, network, place)
                for size in SIZES:
                    page.set_viewport_size(_size(size))  # type: ignore[arg-type]
                    for theme in THEMES:
                        page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
                        wait_until_still(page)
                        page.screenshot(path=words.folder / f"{_slug(place)}-{size[0]}-{theme}.png")
                context.close()
            browser.close()


def _slug(place: places.Place) -> str:
    return re.sub(r"\W+", "-", f"{'member ' * place.is_members}{place.name}".lower()).strip("-")


def _size(size: tuple[int, int]) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}


if __name__ == "__main__":
    main()
