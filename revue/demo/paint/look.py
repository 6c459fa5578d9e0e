"""What a performer looks like."""

import dataclasses

from revue.demo.paint.canvas import Colour, rgb

GLOVE = rgb(0xFFFDF6)


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """The wardrobe card of one performer; names are keys of the painters' tables."""

    kind: str = "human"  # human, cat, bear, fox, rabbit, frog, robot
    skin: Colour = rgb(0xF2B98F)
    hair: Colour = rgb(0x3A2218)
    style: str = "bob"
    top: Colour = rgb(0xE8423F)
    detail: Colour = rgb(0xFFF2BF)
    pattern: str = "plain"  # plain, stripes, dots, buttons, star, waistcoat, bib
    sleeve: str = "long"  # long, short
    legs: str = "trousers"  # trousers, shorts, skirt, stockings
    bottom: Colour = rgb(0x24305E)
    shoes: Colour = rgb(0x3B1F2B)
    hand: Colour = GLOVE
    hat: str = ""
    hat_colour: Colour = rgb(0x222233)
    tie: str = ""  # bow, ruff
    eyes: str = "wide"  # wide, dot
    glasses: bool = False
    moustache: bool = False
    build: str = "even"  # even, slim, round, pear
    size: float = 1.0
