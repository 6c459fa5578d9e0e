"""Colours that go together: one palette lights one stage."""

import dataclasses

from revue.demo.paint.canvas import Colour, rgb


@dataclasses.dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a stage."""

    wall: Colour  # the backdrop's deep tone
    glow: Colour  # the backdrop where the light falls
    motif: Colour  # the pattern on the backdrop
    curtain: Colour
    trim: Colour  # fringe, bulbs, footlights
    floor: Colour
    light: Colour  # the spotlight
    ink: Colour  # the dark line around performers
    pop: Colour  # confetti, notes, bubbles


def _palette(*codes: int) -> Palette:
    return Palette(*(rgb(code) for code in codes))


PALETTES: dict[str, Palette] = {
    #                   wall      glow      motif     curtain   trim      floor     light     ink       pop
    "ruby": _palette(0x5B1033, 0xD93A55, 0xB92648, 0xA3122F, 0xFFC857, 0x6B2A24, 0xFFF1C9, 0x2A0717, 0x4FD8C4),
    "midnight": _palette(0x141447, 0x3F4FC4, 0x2C3699, 0x3A1D78, 0xFFD36E, 0x2A2163, 0xE9F0FF, 0x0B0A26, 0xFF6FA5),
    "peacock": _palette(0x06404A, 0x12A59B, 0x0C7A7C, 0x0D4F6B, 0xFFB84D, 0x0F4A4C, 0xFFF6D8, 0x03232B, 0xFF7A59),
    "peach": _palette(0xE4694F, 0xFFC38E, 0xFFA06E, 0xC2385A, 0xFFF0C2, 0xA84A45, 0xFFFBE8, 0x4A1230, 0x2BB5A8),
    "mint": _palette(0x2F9C86, 0xBDF0CF, 0x84D9B7, 0xF2617A, 0xFFF2BF, 0x3A7F78, 0xFFFFF0, 0x12413F, 0xF7C948),
    "plum": _palette(0x3A1259, 0xB04BC9, 0x7E2EA0, 0x6C1A6E, 0x7CF0DC, 0x421C58, 0xFDE8FF, 0x1A0730, 0xFFD24A),
    "mustard": _palette(0xC77A12, 0xFFDC73, 0xF3B32F, 0x1F5A6E, 0xFFF4D0, 0x8A4B1C, 0xFFFBE0, 0x3A1D06, 0xE8423F),
    "sky": _palette(0x2777D4, 0xA5E3FF, 0x6FC3F5, 0xE8423F, 0xFFE27A, 0x2C5A9C, 0xFFFFFF, 0x0C2552, 0xFFB100),
    "forest": _palette(0x123E2C, 0x4FA65A, 0x2C7443, 0x7A1F2B, 0xF6D365, 0x3D3A1E, 0xFBFFD9, 0x07200F, 0xFF8A5B),
    "candy": _palette(0xD6337C, 0xFFB3D1, 0xFF85B6, 0x5A3FC0, 0xFFF07C, 0x9C2F74, 0xFFF5FB, 0x420A34, 0x38D6E8),
    "noir": _palette(0x14151C, 0x565B70, 0x2E3140, 0x26060E, 0xF4D58D, 0x1B1C26, 0xFFFAEC, 0x050509, 0xE63946),
    "lagoon": _palette(0x0B2A6B, 0x1FC8DB, 0x1683B8, 0x10406E, 0xFF9F7A, 0x0E3A70, 0xE5FFFB, 0x051740, 0xFFE066),
}
