"""How what is found is ordered. docs/develop/search.md explains it; every number stands here.

    score = text x (1 + FRESH x fresh) x (1 + POPULAR x popular)

`text` is PostgreSQL's `ts_rank` with `WEIGHTS`. `fresh` is 1 at once and halves every `HALF_LIFE`; only videos have it.
`popular` is 0 without a like (follower, use) and 1 from `POPULAR_FULL` on, on a scale of logarithms.
"""

import datetime
from typing import Final

WEIGHTS: Final = "ARRAY[0.1, 0.3, 0.7, 1.0]::real[]"  # of D, C, B, A: see `documents`
FRESH: Final = 0.5
HALF_LIFE: Final = datetime.timedelta(days=14)
POPULAR: Final = 1.0
POPULAR_FULL: Final = 10_000
MOST_COMPARED: Final = 1000  # of very many that match: the newest videos, the most popular people, sounds and tags
FEW_LETTERS: Final = 2  # a word that is typed begins so many others that only the most popular are looked at
MOST_POPULAR: Final = 2000

# Popularity as it was at the moment `at`, of a row `i`.
POPULAR_THEN: Final = "CASE WHEN i.counted_at <= %(at)s THEN i.popular ELSE i.popular_before END"
_LIFT: Final = f"(1 + {POPULAR} * least(1, ln(1 + popular) / ln(1 + {POPULAR_FULL})))"
_TEXT: Final = f"ts_rank({WEIGHTS}, words, %(query)s::tsquery)::float8"
_FRESH: Final = (
    f"(1 + {FRESH} * power(0.5, extract(epoch FROM %(at)s - published_at)::float8 / {HALF_LIFE.total_seconds()}))"
)
SCORE: Final = f"round(({_TEXT} * {_LIFT})::numeric, 9)::float8"
VIDEO_SCORE: Final = f"round(({_TEXT} * {_FRESH} * {_LIFT})::numeric, 9)::float8"
