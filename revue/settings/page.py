"""Writes `docs/operate/settings.md` from the fields and comments of `env.Settings`."""

import ast
import pathlib
import sys

from revue.settings.env import Settings

_SOURCE = pathlib.Path(__file__).with_name("env.py")
_PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "operate" / "settings.md"
_TOP = """# Settings

Revue reads its settings from environment variables. Each has a default that works; a wrong value stops the start with
a sentence that names it. This page is made from the code by `scripts/docs`.

| variable | type | default | what it says |
|---|---|---|---|
"""


def text() -> str:
    """The whole page."""
    return _TOP + "".join(_row(name) for name in Settings.model_fields)


def _row(name: str) -> str:
    field = Settings.model_fields[name]
    default = f"`{field.default}`" if field.default not in ("", None) else "empty"
    variable = field.validation_alias or f"REVUE_{name.upper()}"
    return f"| `{variable}` | {_kind(name)} | {default} | {comment_of(name)} |\n"


def _kind(name: str) -> str:
    annotation = next(
        ast.unparse(node.annotation)
        for node in ast.walk(ast.parse(_SOURCE.read_text()))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name
    )
    words = {"str": "text", "int": "number", "float": "number", "bool": "true or false", "pathlib.Path": "folder"}
    annotation = annotation.removesuffix(" | None")
    if annotation.startswith("Literal["):
        choices = ast.literal_eval(f"({annotation.removeprefix('Literal[').removesuffix(']')},)")
        return " or ".join(f"`{choice}`" for choice in choices)
    return words.get(annotation, annotation)


def comment_of(name: str) -> str:
    """The comment above a field, or nothing."""
    lines = _SOURCE.read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.strip().startswith(f"{name}:"))
    comments: list[str] = []
    while lines[at - 1].strip().startswith("#"):
        at -= 1
        comments.insert(0, lines[at].strip().removeprefix("#").strip())
    return " ".join(comments)


def main() -> int:
    """Write the page."""
    _PAGE.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
