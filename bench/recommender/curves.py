"""Matches by swipe and locked bots by swipe, as one small SVG: no library draws it, so none is needed."""

from html import escape

import numpy as np

from bench.recommender.world import Visit

WIDTH, HEIGHT, LEFT, TOP, GAP = 460, 260, 44, 34, 70
SMOOTH = 15  # swipes
STEP = 5  # of the horizontal axis between two points
COLOURS = ("#e4572e", "#2e86ab", "#5b8c5a", "#8e5aa8", "#c29a2f", "#7a7a7a", "#b0578d", "#3d3d3d")
Series = list[tuple[float, float]]


def drawn(runs: dict[str, list[Visit]]) -> str:
    """An SVG of two panels.

    Args:
        runs: name → the visits of its bots, all of one length.
    """
    swipes = max(len(visit.matches) for visits in runs.values() for visit in visits)
    width, height = 2 * (LEFT + WIDTH) + GAP, TOP + HEIGHT + 30 + 20 * ((len(runs) + 3) // 4)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_panel(0, f"share of matches, mean of {SMOOTH} swipes", swipes, [_matches(one) for one in runs.values()]),
        *_panel(LEFT + WIDTH + GAP, "share of bots that are locked", swipes, [_locked(one) for one in runs.values()]),
    ]
    for number, name in enumerate(runs):
        x, y = LEFT + 240 * (number % 4), TOP + HEIGHT + 46 + 20 * (number // 4)
        parts.append(f'<rect x="{x}" y="{y - 9}" width="14" height="9" fill="{COLOURS[number % len(COLOURS)]}"/>')
        parts.append(f'<text x="{x + 20}" y="{y}">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _matches(visits: list[Visit]) -> Series:
    shares = np.mean([visit.matches for visit in visits], axis=0)
    ends = range(SMOOTH, len(shares) + 1, STEP)
    return [(end, float(shares[end - SMOOTH : end].mean())) for end in ends]


def _locked(visits: list[Visit]) -> Series:
    ends = np.array([visit.locked_at() for visit in visits])
    return [(swipe, float((ends <= swipe).mean())) for swipe in range(0, len(visits[0].matches) + 1, STEP)]


def _panel(x: int, title: str, swipes: int, lines: list[Series]) -> list[str]:
    left, bottom = x + LEFT, TOP + HEIGHT
    parts = [f'<text x="{left}" y="{TOP - 14}" font-weight="bold">{title}</text>']
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = bottom - share * HEIGHT
        parts.append(f'<line x1="{left}" y1="{y:g}" x2="{left + WIDTH}" y2="{y:g}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:g}" text-anchor="end">{share:g}</text>')
    parts += [
        f'<text x="{left + WIDTH * swipe / swipes:g}" y="{bottom + 16}" text-anchor="middle">{swipe}</text>'
        for swipe in range(0, swipes + 1, 50)
    ]
    for number, line in enumerate(lines):
        points = " ".join(f"{left + WIDTH * at / swipes:.1f},{bottom - share * HEIGHT:.1f}" for at, share in line)
        colour = COLOURS[number % len(COLOURS)]
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
    return parts
