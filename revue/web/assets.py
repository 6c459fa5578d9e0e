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


def preloads(language: str = SOURCE) -> list[str]:
    """Modules that the entry imports at once."""
    manifest = _manifest(language)
    return [f"/{manifest[name]['file']}" for name in _static_imports(manifest, ENTRY)]


def styles(name: str = ENTRY) -> list[str]:
    """Style sheets of an entry and of what it imports at once; they are the same in all languages."""
    manifest = _manifest(SOURCE)
    names = [name, *_static_imports(manifest, name)]
    found = [css for one in names for css in manifest.get(one, {}).get("css", [])]
    return [f"/{css}" for css in dict.fromkeys(found)]


def _manifest(language: str) -> dict[str, Any]:
    return manifests().get(language, {})


def _static_imports(manifest: dict[str, Any], name: str) -> list[str]:
    found: list[str] = []
    for imported in manifest.get(name, {}).get("imports", []):
        found += [imported, *_static_imports(manifest, imported)]
    return list(dict.fromkeys(found))
