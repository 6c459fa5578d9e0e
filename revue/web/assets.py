"""What Vite built: which hashed files the page needs in each language, read once from its manifests."""

import base64
import functools
import hashlib
import json
import pathlib
from typing import Any

from django.conf import settings

ENTRY = "src/main.ts"
EMBED = "src/embed/main.ts"  # the player for other pages
_FRAME = "src/app/Page.svelte"  # around every part of the app that is no feed
SOURCE = "en"  # the language the app is written in
_EARLY = "early.js"


@functools.cache
def manifests() -> dict[str, dict[str, Any]]:
    """Vite's manifest of each language the app was built in; none when it has not been built."""
    files = pathlib.Path(settings.WHITENOISE_ROOT).glob("manifest.*.json")
    return {path.name.split(".")[1]: json.loads(path.read_text()) for path in files}


@functools.cache
def early() -> str:
    """The script that pages run before anything is painted; empty when the web app has not been built."""
    path = pathlib.Path(settings.WHITENOISE_ROOT) / _EARLY
    return path.read_text().strip() if path.exists() else ""


def early_sources() -> list[str]:
    """What a page's `script-src` has to name beside its own files: the early script, by its hash."""
    digest = hashlib.sha256(early().encode()).digest()
    return [f"'sha256-{base64.b64encode(digest).decode()}'"] if early() else []


def scripts(name: str = ENTRY, language: str = SOURCE) -> list[str]:
    """The address of an entry module."""
    entry = _manifest(language).get(name)
    return [f"/{entry['file']}"] if entry else []


def preloads(language: str = SOURCE, part: str = "") -> list[str]:
    """Modules that the entry imports at once, and those that the page's own part of the app will ask for.

    Args:
        language: of the page.
        part: a component of `frontend/src`, such as `search/SearchPage`; the entry imports it late.
    """
    manifest = _manifest(language)
    return [f"/{manifest[name]['file']}" for name in _all_of(manifest, ENTRY, *_late(part)) if name != ENTRY]


def styles(name: str = ENTRY, part: str = "") -> list[str]:
    """Style sheets of an entry, of a part and of what they import at once; they are the same in all languages."""
    manifest = _manifest(SOURCE)
    found = [css for one in _all_of(manifest, name, *_late(part)) for css in manifest[one].get("css", [])]
    return [f"/{css}" for css in dict.fromkeys(found)]


def _late(part: str) -> list[str]:
    return [_FRAME, f"src/{part}.svelte"] if part else []


def _manifest(language: str) -> dict[str, Any]:
    return manifests().get(language, {})


def _all_of(manifest: dict[str, Any], *names: str) -> list[str]:
    """Each of these that was built, and what it imports at once, in the order in which they are met."""
    found: dict[str, None] = {}
    queue = list(names)
    while queue:
        name = queue.pop(0)
        if name in manifest and name not in found:
            found[name] = None
            queue += manifest[name].get("imports", [])
    return list(found)
