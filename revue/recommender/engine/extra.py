"""Whether this installation can learn the sequence model. Imports nothing of it."""

import importlib.util
from typing import Final

MISSING: Final = (
    "JAX and optax are not installed, so the sequence model is not learnt; For You learns from each watch all the same."
    " Install the extra: pip install 'revue[train]'."
)


def is_installed() -> bool:
    """Whether the extra `train` is."""
    return all(importlib.util.find_spec(name) is not None for name in ("jax", "optax"))
