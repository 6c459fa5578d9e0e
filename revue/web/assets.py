"""What Vite built: which hashed files the page needs, read once from its manifest."""

import base64
import functools
import hashlib
import json
import pathlib
from typing import Any

from django.conf import settings

ENTRY = "src/main.ts"
EMBED = "src/embed/main.ts"  # the player for other pages
_MANIFEST = "manifest.json"
_EARLY = "early.js"


@functools.cache
def manifest() -> dict[str, Any]:
    """Vite's manifest, or nothing when the web app has not been built."""
    path = pathlib.Path(settings.WHITENOISE_ROOT) / _MANIFEST
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text())
    return found


@functools.cache
def early() -> str:
    """The script that pages run before anything is painted; empty when the web app has not been built."""
    path = pathlib.Path(settings.WHITENOISE_ROOT) / _EARLY
    return path.read_text().strip() if path.exists() else ""


def early_sources() -> list[str]:
    """What a page's `script-src` has to name beside its own files: the early script, by its hash."""
    digest = hashlib.sha256(early().encode()).digest()
    return [f"'sha256-{base64.b64encode(digest).decode()}'"] if early() else []


def scripts(name: str = ENTRY) -> list[str]:
    """The address of an entry module."""
    entry = manifest().get(name)
    return [f"/{entry['file']}"] if entry else []


def preloads() -> list[str]:
    """Modules that the entry imports at once."""
    return [f"/{manifest()[name]['file']}" for name in _static_imports(ENTRY)]


def styles(name: str = ENTRY) -> list[str]:
    """Style sheets of an entry and of what it imports at once."""
    names = [name, *_static_imports(name)]
    found = [css for one in names for css in manifest().get(one, {}).get("css", [])]
    return [f"/{css}" for css in dict.fromkeys(found)]


def _static_imports(name: str) -> list[str]:
    found: list[str] = []
    for imported in manifest().get(name, {}).get("imports", []):
        found += [imported, *_static_imports(imported)]
    return list(dict.fromkeys(found))
