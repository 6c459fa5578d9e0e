"""The data map as a Markdown page: `python -m revue.privacy.page` writes `docs/operate/data-map.md`."""

import pathlib
from collections.abc import Iterable, Iterator

from revue.privacy.data_map import COOKIES, STORES, TABLES, Personal, Plain, Table

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "operate" / "data-map.md"
INTRODUCTION = """# Data map

What an instance holds about people. This page is made from `revue/privacy/data_map` by `scripts/docs`; a test fails
when a column of the database is missing from it. *Region*: `home` stays in the person's home region, `public` is shown
to everyone, `instance` is about the machine. *Sealed*: unreadable in a copy of the database. *Exported*: part of a
person's export."""


def render() -> str:
    """The page."""
    personal = sorted((table for table in TABLES.values() if table.is_personal), key=lambda table: table.name)
    others = sorted((table for table in TABLES.values() if not table.is_personal), key=lambda table: table.name)
    parts = [INTRODUCTION, "## Tables", *(_table(table) for table in personal)]
    parts += ["## Tables that hold nothing about people", _rows(("table", "holds", "why"), _why(others))]
    parts += ["## Cookies", _COOKIE_WORDS, _rows(("cookie", "for", "lasts", "set when", "scripts read it"), _cookies())]
    parts += ["## Outside the database", _rows(("place", "holds", "kept", "region", "erased by"), _stores())]
    return "\n\n".join(parts) + "\n"


_COOKIE_WORDS = "Each is strictly necessary, ours alone, and sent to nobody else. There are no others."


def _table(table: Table) -> str:
    lines = [f"### {table.name}", table.holds, f"Kept: {table.retention}. Erased by: {table.erased_by}."]
    columns = [
        (name, column.category, column.purpose, column.region or table.region, column.sealed, column.exported)
        for name, column in table.columns.items()
        if isinstance(column, Personal)
    ]
    lines.append(_rows(("column", "about", "for", "region", "sealed", "exported"), columns))
    plain = [name for name, column in table.columns.items() if isinstance(column, Plain)]
    if plain:
        lines.append("Not about a person: " + ", ".join(f"`{name}`" for name in plain) + ".")
    return "\n\n".join(lines)


def _why(tables: list[Table]) -> Iterator[tuple[object, ...]]:
    for table in tables:
        reasons = dict.fromkeys(column.reason for column in table.columns.values() if isinstance(column, Plain))
        yield table.name, table.holds, "; ".join(reasons)


def _cookies() -> Iterator[tuple[object, ...]]:
    for cookie in COOKIES:
        yield cookie.name, cookie.purpose, cookie.lasts, cookie.set_when, cookie.is_readable_by_scripts


def _stores() -> Iterator[tuple[object, ...]]:
    for store in STORES:
        yield store.place, store.holds, store.retention, store.region, store.erased_by


def _rows(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [_row(head), _row(("---",) * len(head))]
    return "\n".join([*lines, *(_row(tuple(map(_word, row))) for row in rows)])


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
