"""What each viewer sets about their feeds: not interested, dials, muted words, and how a feed is to be.

Keyed by `events.policy.viewer_key`, so visitors have controls too, as long as their browser keeps its name. Nobody in
particular (a machine without a name) has none.
"""

from revue.recommender.controls.change import (
    forget_person,
    forget_video,
    forget_visitors,
    hide,
    mute_word,
    set_step,
    settle,
    unhide,
    unmute_word,
)
from revue.recommender.controls.contracts import (
    MOST_HIDDEN,
    MOST_MINUTES,
    MOST_MUTED,
    MOST_VIDEOS,
    NO_CONTROLS,
    Controls,
    Entry,
    Hidden,
    Panel,
    Step,
)
from revue.recommender.controls.errors import BadControl, TooManyControls
from revue.recommender.controls.read import controls_of, entries_of, is_traced, panel_of

__all__ = [
    "MOST_HIDDEN",
    "MOST_MINUTES",
    "MOST_MUTED",
    "MOST_VIDEOS",
    "NO_CONTROLS",
    "BadControl",
    "Controls",
    "Entry",
    "Hidden",
    "Panel",
    "Step",
    "TooManyControls",
    "controls_of",
    "entries_of",
    "forget_person",
    "forget_video",
    "forget_visitors",
    "hide",
    "is_traced",
    "mute_word",
    "panel_of",
    "set_step",
    "settle",
    "unhide",
    "unmute_word",
]
