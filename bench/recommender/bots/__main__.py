"""The hidden-interest bots against a running server, over HTTP. See ../README.md.

python -m bench.recommender.bots                    # 100 bots, 300 swipes each
python -m bench.recommender.bots drift --bots 40 --catalogue 21 --first-bot 5000
"""

import argparse
import pathlib
import sys
from collections.abc import Callable

from bench.recommender import curves, simulate, world
from bench.recommender.bots import crowd, report, variants
from bench.recommender.bots.instance import database, serving

GIVEN, HIDDEN = "bench.recommender.bots.content.Given", "bench.recommender.bots.content.Hidden"
VARIANTS: dict[str, tuple[Callable[[variants.Setting], crowd.Crowd], str]] = {
    "steady": (variants.steady, "two topics, from the first swipe to the last"),
    "drift": (variants.drift, "two other topics from swipe 200 on"),
    "sated": (variants.sated, "from swipe 200 on it swipes its topics away"),
    "niche": (variants.niche, "one of the topics is a thousandth of the catalogue"),
    "newborn": (variants.newborn, "a video by somebody new is published while 20 bots watch, who come and go"),
    "hidden": (variants.steady, "nothing is known of what videos are: only what others watch helps"),
    "crowd": (variants.crowded, "all bots at once"),
    "never": (variants.never, "bots that turn a topic which they love to Never"),
}
COURSES = {"drift": world.Course.DRIFT, "sated": world.Course.SATED}
BOTS = {"newborn": 100, "never": 10, "crowd": 1000, "hidden": 1000}
SWIPES = {"never": 100, "crowd": 50, "newborn": 40}


def main() -> int:
    """Start an instance, let bots in, print what became of them; 1 where the server gave an error."""
    words = parsed()
    made = world.made(words.catalogue, words.videos)
    setting = variants.Setting(
        made=world.with_niche(made, words.catalogue) if words.variant == "niche" else made,
        numbers=range(words.first_bot, words.first_bot + (words.bots or BOTS.get(words.variant, 100))),
        swipes=words.swipes or SWIPES.get(words.variant, world.SWIPES),
        at_once=words.at_once,
        pace=words.pace,
    )
    model = HIDDEN if words.variant == "hidden" else GIVEN
    with database(model=model, processes=words.processes) as root:
        run, told = VARIANTS[words.variant]
        print(f"{words.variant}: {told}. Catalogue {words.catalogue}, bots from {words.first_bot}.", flush=True)
        ready = variants.filled(setting)
        with serving(root, trains=not words.no_trainer) as instance:
            found = run(ready.at(instance.port))
    clusters = simulate.shelf(ready.made).clusters.of
    print(world.HEAD)
    course = COURSES.get(words.variant, world.Course.STEADY)
    print(world.row(f"{words.variant}, over HTTP", ready.made, found.visits, clusters, course))
    print(report.times(found))
    if words.curve:
        words.curve.write_text(curves.drawn({"Revue, over HTTP": found.visits}))
    return 1 if found.times.errors else 0


def parsed() -> argparse.Namespace:
    """The words of the command line."""
    told = "\n".join(f"  {name:<8} {text}" for name, (_, text) in VARIANTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench.recommender.bots",
        description=f"Bots in front of a running server.\n\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("variant", nargs="?", choices=[*VARIANTS], default="steady")
    parser.add_argument("--bots", type=int, help="how many; by default what the variant is about, mostly 100")
    parser.add_argument("--swipes", type=int, help="of each")
    parser.add_argument("--catalogue", type=int, default=world.CATALOGUE_SEED, help="its seed")
    parser.add_argument("--first-bot", type=int, default=0, help="number of the first bot; each is a seed")
    parser.add_argument("--videos", type=int, default=world.VIDEOS)
    parser.add_argument("--at-once", type=int, default=8, help="bots that swipe at the same time")
    parser.add_argument("--pace", type=float, default=0, help="really wait so much of what is watched; 1: as people do")
    parser.add_argument("--processes", type=int, default=1, help="of the web server")
    parser.add_argument("--no-trainer", action="store_true", help="also where the extra `train` is installed")
    parser.add_argument("--curve", type=pathlib.Path, help="draw matches by swipe into this SVG")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
