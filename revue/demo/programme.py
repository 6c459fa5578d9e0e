"""The programme: every number of the troupe, in the order in which they come on.

The first eight are the shortest, one of each act in turn, so that a new instance is lively within seconds.
A clip is known by its key for ever: a turn that is changed in a later version keeps its key.
"""

from revue.demo.acts.turn import Turn
from revue.demo.paint.stage import Set

_Scene = tuple[str, str, str, str]  # palette, motif, floor, frame


def _turn(
    key: str, performer: str, scene: _Scene, music: tuple[str, float, int, int], caption: str, *script: str
) -> Turn:
    style, bpm, tonic, bars = music
    act, number = key.split("-")
    seed = int(number) * 37 + len(act)
    return Turn(key, act, performer, Set(*scene, seed), style, bpm, tonic, seed, caption, script, bars)


_DANCES = (
    _turn("dance-01", "mimi.spotlight", ("ruby", "sunburst", "planks", "drapes"), ("disco", 132, 57, 3), "Warm-up? This is the warm-up. #dance #disco #spotlight", "searchlight", "pump", "twist"),
    _turn("dance-02", "vera.volt", ("plum", "harlequin", "gloss", "arch"), ("arcade", 140, 60, 3), "Firmware update: now with hips. #dance #robot #arcade", "clockwork", "wave", "star jump"),
    _turn("dance-03", "nana.boogie", ("sky", "tent", "checks", "open"), ("charleston", 128, 60, 4), "They said take it easy. I took it in four-four. #dance #charleston #nana", "knee swap", "flap", "high kick", "knee swap"),
    _turn("dance-04", "dj.marlow", ("midnight", "skyline", "gloss", "open"), ("house", 122, 57, 4), "Rooftop, 2 a.m., nobody watching (hi). #dance #house #night", "pump", "side step", "wave", "hop"),
    _turn("dance-05", "ginger.snap", ("candy", "confetti", "checks", "arch"), ("polka", 126, 62, 4), "Polka dots were busy so I did the polka. #dance #polka #party", "hop", "high kick", "twist", "star jump"),
    _turn("dance-06", "count.tempo", ("noir", "stripes", "checks", "drapes"), ("funk", 108, 55, 4), "The cape is at the cleaner's. The groove is not. #dance #funk", "stroll", "searchlight", "bell", "pump"),
    _turn("dance-07", "lily.pond", ("forest", "jungle", "planks", "open"), ("calypso", 116, 60, 4), "Hop is a lifestyle. #dance #calypso #frog", "hop", "flap", "sway", "star jump"),
    _turn("dance-08", "barnaby.growl", ("mustard", "waves", "planks", "drapes"), ("swing", 132, 58, 4), "Slept all winter for these four bars. #dance #swing #bear", "bell", "side step", "knee swap", "sway"),
    _turn("dance-09", "reynard.flick", ("peacock", "scales", "gloss", "drapes"), ("bossa", 120, 60, 4), "Quick brown fox, smooth bossa nova. #dance #bossa #fox", "sway", "stroll", "wave", "side step"),
    _turn("dance-10", "rosa.ribbons", ("peach", "stars", "planks", "arch"), ("disco", 118, 59, 4), "Twirl now, taxi later. #dance #disco #sunset", "twist", "sway", "searchlight", "high kick"),
    _turn("dance-11", "pip.hoppington", ("mint", "clouds", "checks", "arch"), ("march", 120, 60, 4), "Left, right, ear, ear. #dance #march #rabbit", "stroll", "clockwork", "hop", "star jump"),
    _turn("dance-12", "professor.oops", ("lagoon", "dots", "gloss", "drapes"), ("hiphop", 94, 57, 3), "My students made me do this. I passed. #dance #hiphop #professor", "pump", "bell", "clockwork"),
)  # fmt: skip

_SONGS = (
    _turn("sing-01", "tomcat.tenor", ("midnight", "stars", "checks", "arch"), ("swing", 132, 58, 3), "Serenade for the neighbours. You're welcome, number 12. #sing #swing #cat", "la", "doo", "bee", "wah"),
    _turn("sing-02", "rosa.ribbons", ("plum", "scales", "gloss", "drapes"), ("bossa", 132, 57, 3), "A little something in oo. #sing #bossa #lipsync", "oo", "la", "sha", "oh"),
    _turn("sing-03", "pip.hoppington", ("candy", "clouds", "planks", "open"), ("arcade", 126, 60, 4), "Can you hear this one? Good. So can the dogs. #sing #highnotes #rabbit", "mee", "mi", "ya", "ta"),
    _turn("sing-04", "barnaby.growl", ("forest", "stars", "planks", "drapes"), ("lullaby", 84, 55, 3), "A lullaby, mostly for myself. #sing #lullaby #bear", "loo", "la", "mo", "mm"),
    _turn("sing-05", "mimi.spotlight", ("mustard", "sunburst", "gloss", "arch"), ("disco", 120, 57, 4), "Sha la la means exactly what you think. #sing #disco #lipsync", "sha", "la", "la", "hey"),
    _turn("sing-06", "count.tempo", ("ruby", "harlequin", "checks", "drapes"), ("march", 118, 55, 4), "Opera in ten seconds, no interval. #sing #opera #moustache", "ba", "da", "bom", "bo"),
    _turn("sing-07", "vera.volt", ("lagoon", "skyline", "gloss", "open"), ("house", 120, 57, 4), "beep(love). beep(loss). beep(chorus). #sing #robot #lipsync", "bee", "boo", "bi", "ba"),
    _turn("sing-08", "lily.pond", ("mint", "jungle", "gloss", "arch"), ("calypso", 112, 60, 4), "Solo from the pond choir. #sing #calypso #frog", "wah", "bo", "wee", "do"),
    _turn("sing-09", "queenie.jest", ("peach", "stripes", "planks", "drapes"), ("charleston", 124, 60, 4), "The crown adds reverb. #sing #charleston #queen", "doo", "wah", "diddy", "da"),
    _turn("sing-10", "dj.marlow", ("noir", "confetti", "gloss", "open"), ("hiphop", 92, 55, 3), "Scatting over my own beat, sorry not sorry. #sing #hiphop #scat", "ba", "dee", "bop", "doo"),
    _turn("sing-11", "nana.boogie", ("sky", "dots", "planks", "arch"), ("polka", 118, 60, 4), "The choir is only me, and I am never late. #sing #polka #nana", "tra", "la", "lee", "lo"),
    _turn("sing-12", "ginger.snap", ("ruby", "tent", "checks", "open"), ("funk", 104, 57, 3), "Microphone check, pigtail check. #sing #funk #lipsync", "hey", "na", "na", "oh"),
)  # fmt: skip

_JUGGLES = (
    _turn("juggle-01", "reynard.flick", ("peacock", "tent", "planks", "drapes"), ("calypso", 132, 60, 3), "Three clubs, zero plan. Pattern: 3. #juggle #clubs #fox", "club", "3"),
    _turn("juggle-02", "professor.oops", ("mint", "harlequin", "checks", "arch"), ("march", 132, 60, 3), "Today's lesson is 441. #juggle #siteswap #professor", "ball", "441", "3"),
    _turn("juggle-03", "queenie.jest", ("plum", "stars", "gloss", "drapes"), ("swing", 120, 58, 4), "Five golden stars. Pattern: 5. #juggle #fiveball #queen", "star", "5"),
    _turn("juggle-04", "ginger.snap", ("sky", "clouds", "planks", "open"), ("polka", 116, 60, 4), "An apple a day keeps the critics away. #juggle #apples", "apple", "3", "441"),
    _turn("juggle-05", "lily.pond", ("lagoon", "waves", "gloss", "open"), ("bossa", 112, 60, 4), "Webbed hands are basically gloves. #juggle #rings #frog", "ring", "4"),
    _turn("juggle-06", "barnaby.growl", ("forest", "sunburst", "planks", "arch"), ("funk", 104, 57, 4), "Paws-itively no dropping. Pattern: 531. #juggle #clubs #bear", "club", "531", "3"),
    _turn("juggle-07", "vera.volt", ("midnight", "dots", "checks", "arch"), ("arcade", 120, 60, 4), "Trajectory computed. Feelings pending. #juggle #robot #siteswap", "ring", "3", "423"),
    _turn("juggle-08", "tomcat.tenor", ("peach", "skyline", "planks", "drapes"), ("charleston", 116, 58, 4), "Curiosity about eggs. #juggle #eggs #cat", "egg", "3", "531"),
    _turn("juggle-09", "count.tempo", ("noir", "scales", "gloss", "drapes"), ("house", 116, 57, 4), "Four, elegantly. #juggle #fourball", "ball", "4", "534"),
    _turn("juggle-10", "nana.boogie", ("candy", "stripes", "planks", "arch"), ("lullaby", 96, 60, 3), "Learned this shelving books. #juggle #nana #apples", "apple", "3"),
    _turn("juggle-11", "pip.hoppington", ("mustard", "confetti", "checks", "open"), ("calypso", 118, 62, 4), "Keep your eyes on the ears. #juggle #rabbit #balls", "ball", "3", "441", "531"),
    _turn("juggle-12", "dj.marlow", ("ruby", "skyline", "gloss", "open"), ("hiphop", 100, 57, 4), "Mixing with my hands. Pattern: 534. #juggle #stars", "star", "534"),
)  # fmt: skip

_JOKES = (
    _turn("joke-01", "barnaby.growl", ("mustard", "stripes", "planks", "drapes"), ("swing", 124, 58, 2), "It's a bear trap, but for groans. #joke #standup #bear", "Why did I quit the salmon choir?", "Too many scales."),
    _turn("joke-02", "lily.pond", ("peacock", "jungle", "gloss", "arch"), ("bossa", 122, 60, 2), "Fully booked. #joke #oneliner #frog", "I opened a library in the pond.", "Every visitor said: read it."),
    _turn("joke-03", "queenie.jest", ("ruby", "harlequin", "checks", "drapes"), ("charleston", 120, 60, 2), "Heavy is the head. #joke #royal", "My crown came with a user manual.", "Of course I skipped to the rules."),
    _turn("joke-04", "professor.oops", ("sky", "clouds", "checks", "arch"), ("march", 112, 60, 2), "Marked with love. #joke #professor #oneliner", "I taught my clock to juggle.", "Now it never has time on its hands."),
    _turn("joke-05", "vera.volt", ("lagoon", "dots", "gloss", "open"), ("arcade", 120, 60, 2), "Humour module: operational. #joke #robot", "I asked the toaster to dance.", "It only knows one move: pop."),
    _turn("joke-06", "tomcat.tenor", ("plum", "stars", "planks", "drapes"), ("funk", 104, 57, 2), "Tough crowd, mostly mice. #joke #cat #standup", "I started a band with eight mice.", "We split up. I am full of regret."),
    _turn("joke-07", "nana.boogie", ("peach", "scales", "planks", "arch"), ("polka", 116, 60, 2), "Quiet in the library, please. #joke #nana", "My knees and I had a long talk.", "They did all the cracking."),
    _turn("joke-08", "reynard.flick", ("forest", "tent", "planks", "drapes"), ("calypso", 112, 60, 2), "Fox news, the other kind. #joke #fox #oneliner", "I wanted to be a magician.", "But the henhouse asked for references."),
    _turn("joke-09", "pip.hoppington", ("candy", "confetti", "checks", "open"), ("disco", 116, 57, 2), "All ears for feedback. #joke #rabbit", "My hairdresser charges by the ear.", "I left with a very long bill."),
    _turn("joke-10", "dj.marlow", ("noir", "skyline", "gloss", "open"), ("hiphop", 92, 57, 2), "Drop expected any minute. #joke #dj", "My plants asked me to play some music.", "But they only wanted the stems."),
    _turn("joke-11", "ginger.snap", ("mint", "waves", "planks", "drapes"), ("charleston", 118, 60, 2), "Baked fresh daily. #joke #oneliner #party", "I told the oven a joke.", "It is still warming up to me."),
    _turn("joke-12", "mimi.spotlight", ("midnight", "sunburst", "checks", "arch"), ("disco", 120, 57, 2), "Bright side, always. #joke #spotlight", "I went on a date with a lamp.", "It was nice, but a bit shady."),
)  # fmt: skip

PROGRAMME: tuple[Turn, ...] = tuple(turn for row in zip(_DANCES, _SONGS, _JUGGLES, _JOKES, strict=True) for turn in row)
