"""Whose words are these? Aligned passages, who took them from whom, lost sources and the count of independent origins."""

from stemma.descent.earlier_versions import Earlier
from stemma.descent.story_descent import StoryDescent, story_descent

__all__ = ["Earlier", "StoryDescent", "story_descent"]
