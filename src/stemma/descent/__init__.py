"""Whose words are these? Aligned passages, who took them from whom, lost sources and the count of independent origins."""

from stemma.descent.trace import Traced, trace

__all__ = ["Traced", "trace"]
