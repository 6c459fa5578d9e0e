"""Questions of ours, each with what it is about.

A caption of that subject and language is right (1). Where a question means something in particular, a caption that has
that is what was meant (3); elsewhere all of the subject are.

What people mean by a word that is short for others (`train`) is what it says; there are no questions with typing
mistakes, because such mistakes are not found here.
"""

import dataclasses
from typing import Final


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """What was typed, what was meant, and which of our claims it tests."""

    q: str
    subject: str
    language: str
    kind: str
    meant: str  # stands in what is meant in particular; empty: all of the subject is


def _asked(kind: str, language: str, lines: str) -> tuple[Question, ...]:
    asked = ([part.strip() for part in line.split("=")] for line in lines.strip().splitlines())
    return tuple(Question(q, subject, language, kind, "".join(meant)) for q, subject, *meant in asked)


QUESTIONS: Final = (
    *_asked("exact word", "en", """
guitar = guitar
cheese = cheese
coffee = coffee
pumpkin = pumpkin
chess = chess
wedding = weddings
magic = magic
snow = snow
"""),
    *_asked("exact word", "de", """
Gitarre = guitar
Käse = cheese
Kaffee = coffee
Kürbis = pumpkin
Schach = chess
Hochzeit = weddings
Katze = cats
Schnee = snow
"""),
    *_asked("other form", "en", """
dance = dance
juggle = juggling
bake = baking bread
house = houses
dogs = dogs
run = running
swim = swimming
draw = drawing
knit = knitting
clean = cleaning
joke = jokes
robots = robots
plant = plants
cats = cats
"""),
    *_asked("other form", "de", """
tanzen = dance
jonglieren = juggling
backen = baking bread
Haus = houses
Hunde = dogs
laufen = running
schwimmen = swimming
zeichnen = drawing
stricken = knitting
putzen = cleaning
Witz = jokes
Pflanze = plants
Vogel = birds
Biene = bees
"""),
    *_asked("beginning", "en", """
guit = guitar
pump = pumpkin
wedd = weddings
birdw = birds
math = maths
robo = robots
"""),
    *_asked("beginning", "de", """
gitarr = guitar
kürb = pumpkin
hochz = weddings
zauber = magic
straßenm = street music
schul = school
"""),
    *_asked("without accents", "en", """
creme brulee = crème brûlée
"""),
    *_asked("without accents", "de", """
kase = cheese
kurbis = pumpkin
strassenmusik = street music
vogel futtern = birds
hauser = houses
crème brulee = crème brûlée
fahrrader = bike rides
"""),
    *_asked("several words", "en", """
learn to juggle = juggling = learn to juggle
riding a bike = bike rides
teaching dogs tricks = dogs = teaching an old dog
street musicians = street music
steam trains = trains = steam train
scrambled egg = eggs = scrambled eggs
"""),
    *_asked("several words", "de", """
Häuser bauen = houses = Haus bauen
ein Brot backen = baking bread
Socken stricken = knitting = Socken strickt
der Zug nach Wien = trains = Nachtzug nach Wien
schwimmen im See = swimming = eiskalten See
Eier färben = eggs = Eier färben
"""),
    *_asked("looks alike", "en", """
art = art
egg = eggs
ride = bike rides
train = trains
news = news
"""),
    *_asked("looks alike", "de", """
Ei = eggs
Zug = trains
Kunst = art
"""),
    *_asked("tag", "en", """
#cat = cats = #cat
#workout = gym = #workout
#bees = bees = #bees
"""),
    *_asked("tag", "de", """
#witze = jokes = #witze
#voegel = birds = #voegel
#backen = baking bread = #backen
"""),
)  # fmt: skip
