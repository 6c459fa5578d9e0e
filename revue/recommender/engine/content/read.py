"""Pictures and sound as media hands them out → arrays."""

import numpy as np

from revue.recommender.engine.content.facts import Pictures, Samples


def pictures_of(raw: bytes, edge: int) -> Pictures:
    """Pairs of pictures of `edge` by `edge` pixels, red, green, blue. Shape (pairs, 2, edge, edge, 3).

    A last picture without its pair is left out, unless it is the only one: that is paired with itself.
    """
    size = edge * edge * 3
    flat = np.frombuffer(raw[: len(raw) // size * size], np.uint8).reshape(-1, edge, edge, 3)
    if len(flat) % 2:
        flat = flat[:-1] if len(flat) > 1 else np.repeat(flat, 2, axis=0)
    return flat.reshape(-1, 2, edge, edge, 3)


def samples_of(raw: bytes) -> Samples:
    """16-bit samples, little end first, as numbers from -1 to 1. Shape (samples,)."""
    whole = np.frombuffer(raw[: len(raw) // 2 * 2], "<i2")
    samples: Samples = np.divide(whole, 32768, dtype=np.float32)
    return samples
