"""One number of the programme: who does what, where, to which music."""

import dataclasses

from revue.demo.paint.stage import Set


@dataclasses.dataclass(frozen=True, slots=True)
class Turn:
    """Everything that decides a clip; the same turn always gives the same picture and sound."""

    key: str  # "dance-01": names the clip for ever
    act: str  # dance, sing, juggle, joke
    performer: str  # a handle of the troupe
    set: Set
    style: str  # the band's
    bpm: float
    tonic: int  # MIDI note of the key
    seed: int
    caption: str  # with its #tags
    script: tuple[str, ...] = ()  # moves, syllables, (toy, siteswap) or (set-up, punchline)
    bars: int = 3
