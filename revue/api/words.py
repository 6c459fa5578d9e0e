"""What the server says in English and the web app in the language of its page: errors, and names of topics."""

import importlib
import pkgutil
import re
from collections.abc import Mapping

import orjson

import revue
from revue.platform.errors import RevueError
from revue.recommender.topics import TOPICS

# What begins to run when it is imported, and what needs the extra `train`.
_NOT_ASKED = r"migrations|\.cli|\.settings|\.front|__main__|\.worker|engine\.train|\.training\."
_MODULE = """/** {what}. Written by `python -m revue.api.export`: do not edit. */
export const {name}: Readonly<Record<{key}, string>> = {{
{lines}}};
"""


def every_error() -> list[type[RevueError]]:
    """All errors of all apps, wherever they are defined."""
    for module in pkgutil.walk_packages(revue.__path__, "revue."):
        if not re.search(_NOT_ASKED, module.name):
            importlib.import_module(module.name)
    found, waiting = [], [RevueError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith("revue.")]


def problems() -> bytes:
    """What each error says, as a module of the web app; the same bytes on every machine."""
    titles = dict(sorted((kind.code, kind.title) for kind in every_error()))
    return _module("What each error says in general, by its code", "PROBLEMS", "string", titles)


def topics() -> bytes:
    """What each topic is called, as a module of the web app."""
    names = {topic.id: topic.name for topic in TOPICS}
    return _module("What each topic is called, by its id", "TOPICS", "number", names)


def _module(what: str, name: str, key: str, said: Mapping[str, str] | Mapping[int, str]) -> bytes:
    lines = "".join(f"  {one}: {orjson.dumps(words).decode()},\n" for one, words in said.items())
    return _MODULE.format(what=what, name=name, key=key, lines=lines).encode()
