"""The four acts: dance, sing, juggle and joke."""

from revue.demo.acts.dance import Dance
from revue.demo.acts.joke import Joke
from revue.demo.acts.juggle import Juggle
from revue.demo.acts.scene import Scene
from revue.demo.acts.sing import Sing

ACTS: dict[str, type[Scene]] = {"dance": Dance, "sing": Sing, "juggle": Juggle, "joke": Joke}
__all__ = ["ACTS", "Scene"]
