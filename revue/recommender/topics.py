"""What videos are about: the public list of topics, and which of them a video's words name. Pure.

A topic is a handful of words. A video has it when one of them is among its tags or in its caption, when a tag begins
with one of at least five letters (#dancechallenge), or when it has the topic's name for a tag.
"""

import dataclasses
import functools
import unicodedata
from typing import Final

EDITION: Final = 1  # raise it with every change of the words below: videos are then looked at again
_BEGINS_TAG = 5  # letters; shorter words begin too many others


@dataclasses.dataclass(frozen=True, slots=True)
class Topic:
    """Something that videos are about."""

    id: int  # for ever
    name: str
    words: frozenset[str]  # lower case, without accents


def _topic(number: int, name: str, words: str) -> Topic:
    return Topic(number, name, frozenset(words.split()))


# Words that decide by themselves, also within a sentence: "match" and "play" name too many things to stand here.
TOPICS: Final = (
    _topic(1, "Dance", "dance dancer dancers dancing choreo choreography ballet salsa tango shuffle breakdance twerk"
           " charleston polka"),
    _topic(2, "Lip-sync", "lipsync lipsyncing lipsynch playback karaoke"),
    _topic(3, "Comedy", "comedy joke jokes funny humor humour standup sketchcomedy prank pranks parody oneliner meme"
           " memes lol"),
    _topic(4, "Talent", "talent talents juggle juggler juggling siteswap magictrick magician acrobat acrobatics circus"
           " beatbox mime yoyo unicycle"),
    _topic(5, "Music", "music song songs sing singer singing guitar piano drums drummer violin ukulele choir band"
           " concert rap opera lullaby hiphop disco jazz"),
    _topic(6, "Sports", "sport sports football soccer basketball tennis cricket rugby volleyball skateboard"
           " skateboarding surfing cycling olympics athletics boxing parkour goalkeeper"),
    _topic(7, "Food", "food foodie recipe recipes cooking cook baking bake baker kitchen chef breakfast dessert"
           " noodles pizza vegan"),
    _topic(8, "Animals", "animal animals cat cats kitten kittens dog dogs puppy puppies pet pets bird birds horse"
           " horses wildlife frog rabbit hamster"),
    _topic(9, "Gaming", "gaming gamer gamers videogame videogames gameplay speedrun esports arcade minecraft fortnite"
           " roblox"),
    _topic(10, "Beauty & style", "beauty makeup skincare hairstyle hairstyles fashion ootd outfit outfits nailart"
           " thrift streetwear"),
    _topic(11, "Fitness & health", "fitness workout workouts gym yoga pilates stretching cardio calisthenics"
           " marathon"),
    _topic(12, "Travel", "travel travelling traveling vacation backpacking roadtrip wanderlust sightseeing hotel"
           " hostel"),
    _topic(13, "Learning", "learn learning education study studytok homework science history maths math physics"
           " chemistry biology language languages tutorial explained professor"),
    _topic(14, "Technology", "tech technology coding programming programmer software robot robots robotics ai gadget"
           " gadgets linux computer computers"),
    _topic(15, "Art & making", "art artist drawing painting sculpture pottery ceramics crafts crafting diy knitting"
           " crochet origami woodworking illustration calligraphy"),
    _topic(16, "Nature", "nature garden gardening plants hiking mountains forest ocean sunset camping birdwatching"
           " mushrooms weather"),
    _topic(17, "News & politics", "news breakingnews politics political election elections parliament government"
           " protest president climate"),
    _topic(18, "Family & everyday life", "family baby babies parenting mum mom dad grandma nana wedding vlog"
           " dayinmylife moving cleaning"),
)  # fmt: skip
BY_ID: Final = {topic.id: topic for topic in TOPICS}


@functools.lru_cache(maxsize=10_000)
def topics_of(tags: tuple[str, ...], caption: str) -> tuple[int, ...]:
    """The topics that tags and caption name, ascending. Feeds ask it of the same videos again and again.

    Args:
        tags: without `#`.
        caption: as its author wrote it.
    """
    plain_tags = {_plain(tag) for tag in tags}
    said = plain_tags | set(_words_in(_plain(caption)))
    found = {_of_word()[word] for word in said if word in _of_word()}
    for tag in plain_tags:
        found |= {topic_id for word, topic_id in _beginnings() if tag.startswith(word)}
    return tuple(sorted(found))


def named(tags: tuple[str, ...], caption: str) -> tuple[Topic, ...]:
    """The topics themselves."""
    return tuple(BY_ID[topic_id] for topic_id in topics_of(tags, caption))


def _words_in(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text).split()


def _plain(text: str) -> str:
    """Lower case, without accents."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter)
    )


@functools.cache
def _of_word() -> dict[str, int]:
    """Word → topic; the topics' names are words too."""
    words = {word: topic.id for topic in TOPICS for word in topic.words}
    return words | {"".join(_words_in(_plain(topic.name))): topic.id for topic in TOPICS}


@functools.cache
def _beginnings() -> tuple[tuple[str, int], ...]:
    return tuple((word, topic_id) for word, topic_id in _of_word().items() if len(word) >= _BEGINS_TAG)
