# ruff: noqa: PLC0415 - the environment is set before Django is imported
"""How well things are found, and what a letter typed costs.

python -m bench.search                 # the labelled questions, then 10,000 and 100,000 videos and people
python -m bench.search found           # the questions alone
python -m bench.search typed 10000     # what is typed, at one size
"""

import argparse
import math
import os
import pathlib
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.search.corpus import Caption, captions
from bench.search.queries import QUESTIONS, Question

SIZES = (10_000, 100_000)
SHOWN = 10  # NDCG looks at so many
MEANT, RIGHT = 3, 1
ASKED = 300  # questions of each kind that are timed
Ranked = Callable[[str], list[int]]


def main() -> None:
    """Make an instance without people, measure, and remove it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", nargs="?", choices=["all", "found", "typed"], default="all")
    parser.add_argument("sizes", nargs="*", type=int, default=[])
    words = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if words.part in ("all", "found"):
        with_instance(found)
    if words.part in ("all", "typed"):
        for size in words.sizes or SIZES:
            with_instance(lambda size=size: typed(size))


def with_instance(measure: Callable[[], None]) -> None:
    """Run something in a process of its own, with a database of its own."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="revue-bench-"))
    child = os.fork()
    if child == 0:
        os._exit(_in_child(folder, measure))
    _, status = os.waitpid(child, 0)
    shutil.rmtree(folder, ignore_errors=True)
    if status:
        raise SystemExit(1)


def _in_child(folder: pathlib.Path, measure: Callable[[], None]) -> int:
    os.environ |= {"REVUE_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "revue.settings.django"}
    os.environ["REVUE_LOG_LEVEL"] = "error"
    from revue.platform.postgres import Embedded

    server = Embedded(folder)
    server.start(fsync="off", full_page_writes="off")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure()
    finally:
        server.stop()
        sys.stdout.flush()
    return 0


def fill(said: Sequence[Caption], count: int) -> list[int]:
    """`count` public videos, each saying one of the captions; answers their ids, in that order."""
    from django.db import connection

    from revue.videos import captions as rules
    from revue.videos.models import Video
    from tests.people import make_person
    from tests.published import multiply, publish

    dice = random.Random(7)
    authors = [make_person(f"maker.{number}") for number in range(50)]
    newest = publish(authors[0])
    with connection.cursor() as cursor:
        multiply(cursor, count - 1, authors=authors)
        ids = list(Video.objects.order_by("-pk").values_list("pk", flat=True))
        assert ids[0] == newest
        texts = [said[number % len(said)].text for number in range(count)]
        cursor.execute("CREATE TEMP TABLE said (id bigint, caption text, tags text[], days float8)")
        with cursor.copy("COPY said FROM STDIN") as copy:
            for video_id, text in zip(ids, texts, strict=True):
                copy.write_row((video_id, text, rules.tags(text), dice.uniform(0, 60)))
        cursor.execute(
            "UPDATE videos_video AS v SET caption = s.caption, tags = s.tags,"
            " published_at = now() - s.days * interval '1 day' FROM said AS s WHERE s.id = v.id"
        )
    return ids


def found() -> None:
    """NDCG@10 of ours beside both floors, question by question of the same captions."""
    from django.db import connection

    from revue.accounts.contracts import VISITOR
    from revue.search import actions, queries
    from revue.search.contracts import Filters

    said = captions()
    about = dict(zip(fill(said, len(said)), said, strict=True))
    actions.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")

    def ours(q: str) -> list[int]:
        hits = queries.videos(viewer=VISITOR, q=q, filters=Filters(), limit=SHOWN).hits
        return [hit.video_id for hit in hits]

    ways: dict[str, Ranked] = {"Revue": ours, "simple": _simple, "ILIKE": _ilike}
    languages = (sum(one.language == code for one in said) for code in ("en", "de"))
    print(f"\n{len(said)} captions ({' English, '.join(map(str, languages))} German), {len(QUESTIONS)} questions")
    print(f"\n| NDCG@{SHOWN} | questions | {' | '.join(ways)} |\n|---|--:|{'--:|' * len(ways)}")
    scores = {way: [ndcg(rank(one.q), one, about) for one in QUESTIONS] for way, rank in ways.items()}
    kinds = list(dict.fromkeys((one.kind, one.language) for one in QUESTIONS))
    for kind, language in kinds:
        of_kind = [at for at, one in enumerate(QUESTIONS) if (one.kind, one.language) == (kind, language)]
        row = " | ".join(f"{statistics.mean(scores[way][at] for at in of_kind):.3f}" for way in ways)
        print(f"| {kind}, {language} | {len(of_kind)} | {row} |")
    total = " | ".join(f"**{statistics.mean(scores[way]):.3f}**" for way in ways)
    print(f"| **all** | **{len(QUESTIONS)}** | {total} |")
    for one, score in zip(QUESTIONS, scores["Revue"], strict=True):
        if score < 0.9:
            print(f"below 0.9: {one.q} ({one.language}): {score:.3f}")


def ndcg(ranked: list[int], question: Question, about: dict[int, Caption]) -> float:
    """What stands where it stands, beside the best order that there is: 1 is as good as can be."""
    best = sorted((_gain(question, one) for one in about.values()), reverse=True)[:SHOWN]
    return _dcg([_gain(question, about[video_id]) for video_id in ranked]) / _dcg(best)


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(at + 2) for at, gain in enumerate(gains))


def _gain(question: Question, caption: Caption) -> int:
    if (caption.subject, caption.language) != (question.subject, question.language):
        return 0
    return MEANT if question.meant in caption.text else RIGHT


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _ilike(q: str) -> list[int]:
    """The least that a search can be: each word somewhere in the caption, newest first."""
    words = {f"w{number}": f"%{word}%" for number, word in enumerate(q.split())}
    says = " AND ".join(f"caption ILIKE %({name})s" for name in words)
    return _rows(f"SELECT id FROM videos_video WHERE {says} ORDER BY published_at DESC LIMIT {SHOWN}", words)


def _simple(q: str) -> list[int]:
    """PostgreSQL's full text without a language."""
    vector, query = "to_tsvector('simple', caption)", "plainto_tsquery('simple', %(q)s)"
    return _rows(
        f"SELECT id FROM videos_video WHERE {vector} @@ {query}"
        f" ORDER BY ts_rank({vector}, {query}) DESC, published_at DESC LIMIT {SHOWN}",
        {"q": q},
    )


_PEOPLE = """
INSERT INTO accounts_person SELECT (jsonb_populate_record(p, jsonb_build_object(
    'id', n, 'handle', h || n, 'email', '', 'name', initcap(h) || ' ' || initcap(s)))).*
FROM accounts_person AS p, generate_series(1, %(count)s) AS n,
    LATERAL (SELECT (%(first)s::text[])[1 + n %% cardinality(%(first)s::text[])] AS h) AS f,
    LATERAL (SELECT (%(last)s::text[])[1 + (n / 7) %% cardinality(%(last)s::text[])] AS s) AS l
WHERE p.id = (SELECT min(id) FROM accounts_person)
"""
_SIZES = """
SELECT relname, pg_relation_size(oid), pg_indexes_size(oid) FROM pg_class
WHERE relname IN ('search_video', 'search_person', 'search_sound', 'search_tag') ORDER BY relname
"""


def typed(size: int) -> None:
    """CPU of what is typed, letter by letter, and of a page of results, beside the floor."""
    from django.db import connection
    from django.test import Client

    from revue.search import actions

    said = captions()
    fill(said, size)
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"count": size, "first": _syllables(400), "last": _syllables(2000)})
        cursor.execute(
            "INSERT INTO videos_tag (name, videos) SELECT w || n, 1 + 100000 / n FROM generate_series(1, %s) AS n,"
            " LATERAL (SELECT (%s::text[])[1 + n %% 400] AS w) AS t",
            [size // 10, _syllables(400)],
        )
    began = time.perf_counter()
    count = actions.rebuild()
    took = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(_SIZES)
        sizes = cursor.fetchall()
    print(f"\n## {size} videos, {size} people, {size // 10} tags\n\n{count} things indexed in {took:.0f} s")
    print(
        "; ".join(f"{name}: table {table / 1e6:.1f} MB, indexes {index / 1e6:.1f} MB" for name, table, index in sizes)
    )
    print("\n| CPU ms, this process and PostgreSQL's | p50 | p99 |\n|---|--:|--:|")
    client = Client()
    dice = random.Random(3)
    prefixes = [word[: dice.randint(1, 6)] for word in dice.choices(_syllables(400), k=ASKED)]
    questions = [one.q for one in dice.choices(QUESTIONS, k=ASKED)]

    def ask(path: str, q: str) -> None:
        answer = client.get(f"/api/v1/search/{path}", {"q": q}, REMOTE_ADDR=f"10.0.0.{dice.randint(1, 250)}")
        assert answer.status_code == 200, answer.content

    ask("suggest", "an")
    _timed("typed: GET /search/suggest", prefixes, lambda q: ask("suggest", q))
    _timed("floor: ILIKE on handle, name and tag", prefixes, _typed_floor)
    _timed("GET /search/videos, 20 of them", questions, lambda q: ask("videos", q))
    _timed("floor: ILIKE on captions, ids only", questions, _ilike)


def _typed_floor(q: str) -> None:
    values = {"q": f"{q}%", "word": f"% {q}%"}
    _rows(
        "SELECT id FROM accounts_person WHERE handle ILIKE %(q)s OR name ILIKE %(q)s OR name ILIKE %(word)s"
        " ORDER BY handle LIMIT 5",
        values,
    )
    _rows("SELECT name FROM videos_tag WHERE name ILIKE %(q)s ORDER BY videos DESC LIMIT 5", values)


def _timed(name: str, questions: Sequence[str], ask: Callable[[str], object]) -> None:
    """CPU of each question: of this process, and of the database's process that works for it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = pathlib.Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    spent = []
    for q in questions:
        before = time.process_time_ns() + int(backend.read_text().split()[0])
        ask(q)
        spent.append((time.process_time_ns() + int(backend.read_text().split()[0]) - before) / 1e6)
    spent.sort()
    print(f"| {name} | {statistics.median(spent):.1f} | {spent[int(len(spent) * 0.99)]:.1f} |", flush=True)


def _syllables(count: int) -> list[str]:
    """Made-up words, the same every time."""

    def words() -> Iterator[str]:
        dice = random.Random(11)
        seen = set[str]()
        while True:
            word = "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(dice.randint(2, 4)))
            if word not in seen:
                seen.add(word)
                yield word

    made = words()
    return [next(made) for _ in range(count)]


if __name__ == "__main__":
    main()
