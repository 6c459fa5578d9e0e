"""The trainer: what was watched in the last minute becomes better weights, and files of them are published.

Only `loop` and `refit` need the extra `train`; they are imported by the trainer's process alone.
"""
