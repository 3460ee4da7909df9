"""A reader's word: what is given to judge is found in the store, kept there, listed and taken back."""

from stemma.judging.judge import judge, judgements, undo

__all__ = ["judge", "judgements", "undo"]
