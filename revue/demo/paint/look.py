"""What a performer looks like."""

import dataclasses

from revue.demo.paint.canvas import Colour, rgb

GLOVE = rgb(0xFFFDF6)
_SKIN, _HAIR, _TOP, _DETAIL = rgb(0xF2B98F), rgb(0x3A2218), rgb(0xE8423F), rgb(0xFFF2BF)
_BOTTOM, _SHOES, _HAT = rgb(0x24305E), rgb(0x3B1F2B), rgb(0x222233)


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """The wardrobe card of one performer; names are keys of the painters' tables."""

    kind: str = "human"  # human, cat, bear, fox, rabbit, frog, robot
    skin: Colour = _SKIN
    hair: Colour = _HAIR
    style: str = "bob"
    top: Colour = _TOP
    detail: Colour = _DETAIL
    pattern: str = "plain"  # plain, stripes, dots, buttons, star, waistcoat, bib
    sleeve: str = "long"  # long, short
    legs: str = "trousers"  # trousers, shorts, skirt, stockings
    bottom: Colour = _BOTTOM
    shoes: Colour = _SHOES
    hand: Colour = GLOVE
    hat: str = ""
    hat_colour: Colour = _HAT
    tie: str = ""  # bow, ruff
    eyes: str = "wide"  # wide, dot
    glasses: bool = False
    moustache: bool = False
    build: str = "even"  # even, slim, round, pear
    size: float = 1.0
