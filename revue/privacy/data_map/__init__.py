"""What this instance holds about people: each column of each table, each cookie, each folder.

A test reads the real database and every installed app's models and fails when something is missing here, or
when something here is gone. `docs/operate/data-map.md` is this map as a page.
"""

from revue.privacy.data_map import accounts, inbox, machine, messages, recommender, relations, saves, search, videos
from revue.privacy.data_map.words import Category, Column, Cookie, Personal, Plain, Region, Store, Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *accounts.TABLES,
        *videos.TABLES,
        *relations.TABLES,
        *saves.TABLES,
        *inbox.TABLES,
        *messages.TABLES,
        *search.TABLES,
        *recommender.TABLES,
        *machine.TABLES,
    )
}
COOKIES: tuple[Cookie, ...] = machine.COOKIES
STORES: tuple[Store, ...] = machine.STORES

__all__ = [
    "COOKIES", "STORES", "TABLES", "Category", "Column", "Cookie", "Personal", "Plain", "Region", "Store", "Table",
]  # fmt: skip
