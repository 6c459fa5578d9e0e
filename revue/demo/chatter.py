"""What performers say under each other's clips: kind, short, and never pretending to be visitors."""

import random

from revue.demo.cast import CAST
from revue.demo.programme import PROGRAMME

_LINES = {
    "dance": ("Save a dance for me!", "Those knees deserve their own poster.", "On the beat. Every. Single. Beat.", "Teach me the third step?"),
    "sing": ("Goosebumps, and I have feathers to prove it.", "The high note woke the lamps.", "Encore!", "Humming this all week."),
    "juggle": ("I counted. Nothing fell.", "Breathing again now, thanks.", "My eyes need a seat belt.", "Next time with pianos?"),
    "joke": ("Ba-dum-tss.", "I groaned, which is applause in my family.", "Telling this one to the band.", "Take my curtain, please."),
}  # fmt: skip


def follows(member: str) -> list[str]:
    """Whom a member of the cast follows: three or four of the others, always the same."""
    dice = random.Random(f"follows {member}")
    others = [other.handle for other in CAST if other.handle != member]
    return dice.sample(others, dice.choice((3, 4)))


def audience(key: str) -> tuple[list[str], str | None, str]:
    """For the clip of a turn: who likes it, who comments (or None), and the words."""
    turn = next(turn for turn in PROGRAMME if turn.key == key)
    dice = random.Random(f"audience {key}")
    others = [other.handle for other in CAST if other.handle != turn.performer]
    likers = dice.sample(others, dice.randint(1, 5))
    speaker = dice.choice(likers) if dice.random() < 0.6 else None
    return likers, speaker, dice.choice(_LINES[turn.act])
