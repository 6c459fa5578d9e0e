"""What somebody who is typing may mean."""

from typing import Final

from revue.accounts.contracts import Viewer
from revue.search import asked
from revue.search.contracts import Suggestions
from revue.search.queries.people import people_beginning
from revue.search.queries.tags import tags

MOST: Final = 5  # of each kind


def suggest(*, viewer: Viewer, q: str) -> Suggestions:
    """Tags and people that begin so; `#` and `@` ask for one of them alone. At most three SELECTs."""
    typed = q.strip()
    question = asked.typed(typed)
    return Suggestions(
        tags=() if typed.startswith("@") else tags(q=typed, limit=MOST).hits,
        people=()
        if typed.startswith(("#", "\uff03"))
        else people_beginning(viewer=viewer, question=question, limit=MOST),
    )
