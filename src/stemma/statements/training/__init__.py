"""Attribution learnt from a corpus: candidates from generous rules, a small network that judges them, its model file."""
