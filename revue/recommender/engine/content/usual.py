"""What is usual of each plain number, so that a block says in what a video differs: means, then spreads.

Made by `python -m bench.recommender.content --usual --media FOLDER`, half of it from 48 drawn clips and half from cuts
of a dozen real films; nothing about kinds goes in. Another table is another `means` in `model.py`.
"""

from collections.abc import Mapping
from typing import Final

Table = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]

USUAL: Final[Table] = {
    "colour": (
        (0.164, 0.17, 0.289, 0.19, 0.121, 0.203, 0.423, 0.177),
        (0.16, 0.163, 0.205, 0.134, 0.131, 0.185, 0.151, 0.0627),
    ),
    "shape": (
        (0.00956, -0.0423, -0.00138, -0.116, -0.0528, -0.00683, -0.0614, 0.12, 0.347, -2.61),
        (0.151, 0.109, 0.106, 0.129, 0.106, 0.0485, 0.286, 0.0502, 0.122, 0.781),
    ),
    "motion": (
        (-0.00226, -0.0521, -0.00267, -0.121, -0.0799, -0.00514, -3.54, -0.501, 0.405, -0.182),
        (0.119, 0.126, 0.0615, 0.135, 0.0849, 0.036, 1.06, 0.548, 0.198, 0.383),
    ),
    "sound": (
        (0.347, 0.643, 2.13, 0.1, 0.0616, 1.52, 0.0833, 2.28, 1.19, 0.913, 9.13, -0.472),
        (0.122, 0.396, 1.13, 0.0655, 0.0534, 0.88, 0.0879, 0.825, 0.877, 0.817, 5.18, 3.05),
    ),
}
