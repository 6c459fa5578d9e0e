"""The performers: who they are and what they wear."""

import dataclasses

from revue.demo.paint.canvas import rgb
from revue.demo.paint.look import Look


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """One performer of the troupe; `bio` always says that this is a demo."""

    handle: str
    name: str
    bio: str
    look: Look


def _member(handle: str, name: str, words: str, look: Look) -> Member:
    return Member(handle, name, f"Demo performer. {words}", look)


CAST: tuple[Member, ...] = (
    _member("mimi.spotlight", "Mimi Spotlight", "Curls first, then the rest of me. Disco before breakfast.", Look(
        style="curly", hair=rgb(0x2B1A16), skin=rgb(0x8A5230), top=rgb(0xFFC23C), detail=rgb(0xFFF4D6), pattern="dots",
        sleeve="short", legs="skirt", bottom=rgb(0xE23D6D), shoes=rgb(0x7A1F4B), hat="bow", hat_colour=rgb(0xE23D6D))),
    _member("tomcat.tenor", "Tomcat Tenor", "Nine lives, one octave. Sings on fences, and now on stage.", Look(
        kind="cat", skin=rgb(0xF2943A), hair=rgb(0xFFF1DA), top=rgb(0x2F5FA8), detail=rgb(0xFFF4E0), pattern="stripes",
        bottom=rgb(0xF4F0E6), shoes=rgb(0x23304F), hat="boater", hat_colour=rgb(0xF8E3A0))),
    _member("professor.oops", "Professor Oops", "Forty years of almost dropping things.", Look(
        style="bald", hair=rgb(0xB9B4B0), skin=rgb(0xF4C3A0), top=rgb(0x2A2E4A), detail=rgb(0xFFF6E8), moustache=True,
        pattern="waistcoat", tie="bow", hat_colour=rgb(0xE2453C), bottom=rgb(0x4C5170), shoes=rgb(0x1C1E2C), build="round")),
    _member("barnaby.growl", "Barnaby Growl", "Stand-up bear. Hibernates between punchlines.", Look(
        kind="bear", skin=rgb(0x8F5C37), hair=rgb(0xE9CDA2), top=rgb(0xE8523F), detail=rgb(0xFFE9B8), pattern="bib",
        legs="shorts", bottom=rgb(0x2E6DA8), shoes=rgb(0x3E2A1E), build="round", sleeve="short")),
    _member("vera.volt", "Vera Volt", "Built for rhythm. Runs on applause and two AA batteries.", Look(
        kind="robot", skin=rgb(0x8FB2C4), hair=rgb(0x4F6F86), top=rgb(0x5B3FA0), detail=rgb(0x6FF0D8), pattern="buttons",
        bottom=rgb(0x3B5068), shoes=rgb(0x22303F), hand=rgb(0xD9E6EC), build="slim")),
    _member("pip.hoppington", "Pip Hoppington", "High notes, higher ears.", Look(
        kind="rabbit", skin=rgb(0xEDE4F2), hair=rgb(0xFFFFFF), top=rgb(0x3FB59A), detail=rgb(0xFFF3C4), pattern="star",
        legs="stockings", bottom=rgb(0x2C6E6A), shoes=rgb(0x20504E), tie="ruff", eyes="dot")),
    _member("reynard.flick", "Reynard Flick", "If it can be thrown, it can be caught. Usually.", Look(
        kind="fox", skin=rgb(0xE5672A), hair=rgb(0xFFF3E2), top=rgb(0x1F6F5C), detail=rgb(0xFFE2A0), pattern="waistcoat",
        tie="bow", hat_colour=rgb(0xF6C445), bottom=rgb(0x33291F), shoes=rgb(0x1E1813), build="slim")),
    _member("lily.pond", "Lily Pond", "Croaks jokes from a lily pad. Tadpoles laugh free.", Look(
        kind="frog", skin=rgb(0x74BE4B), hair=rgb(0xC8ECA6), top=rgb(0xF06A8A), detail=rgb(0xFFF1F4), pattern="dots",
        legs="skirt", bottom=rgb(0xF6C445), shoes=rgb(0x8C2F55), build="pear", sleeve="short")),
    _member("dj.marlow", "DJ Marlow", "Headphones on, knees loose.", Look(
        style="mohawk", hair=rgb(0x38D3C0), skin=rgb(0xC68A5C), top=rgb(0x20222E), detail=rgb(0xFF5C8A), pattern="star",
        hat="headphones", hat_colour=rgb(0xF1F1F6), bottom=rgb(0x3D4270), shoes=rgb(0xFFFFFF), hand=rgb(0xC68A5C), build="slim",
        sleeve="short")),
    _member("rosa.ribbons", "Rosa Ribbons", "Torch songs and lemonade.", Look(
        style="long", hair=rgb(0xB23A26), skin=rgb(0xF3C4A4), top=rgb(0x7A2FA0), detail=rgb(0xFFD9F2), pattern="plain",
        legs="skirt", bottom=rgb(0x7A2FA0), shoes=rgb(0x3E1459), build="pear", hat="")),
    _member("ginger.snap", "Ginger Snap", "Pigtails, party hat, perfect timing.", Look(
        style="pigtails", hair=rgb(0xE07B2E), skin=rgb(0xFAD2B2), top=rgb(0xF4F0E6), detail=rgb(0xE23D3D), pattern="stripes",
        legs="stockings", bottom=rgb(0xE23D3D), shoes=rgb(0x5A1A1A), hat="party", hat_colour=rgb(0x3C8FE0), eyes="dot")),
    _member("count.tempo", "Count Tempo", "One, two, three, cape.", Look(
        style="quiff", hair=rgb(0x1A1420), skin=rgb(0xE3B58F), top=rgb(0xB3202F), detail=rgb(0xFFF4E2), pattern="waistcoat",
        tie="bow", hat="top", hat_colour=rgb(0x22202E), bottom=rgb(0x22202E), shoes=rgb(0x14121B), moustache=True)),
    _member("nana.boogie", "Nana Boogie", "Retired librarian. Un-retired knees.", Look(
        style="bun", hair=rgb(0xD9D4E4), skin=rgb(0xB97A50), top=rgb(0x4FA3D1), detail=rgb(0xFFF6DC), pattern="buttons",
        legs="skirt", bottom=rgb(0x2F4E86), shoes=rgb(0x7A2340), glasses=True, build="round")),
    _member("queenie.jest", "Queenie Jest", "By royal disappointment.", Look(
        style="bob", hair=rgb(0x1F2A44), skin=rgb(0xF0C8A8), top=rgb(0x2FA36B), detail=rgb(0xFFE69A), pattern="dots",
        legs="trousers", bottom=rgb(0x7A2F86), shoes=rgb(0x3B1446), hat="crown", hat_colour=rgb(0xF7C443), tie="ruff")),
)  # fmt: skip

BY_HANDLE = {member.handle: member for member in CAST}
