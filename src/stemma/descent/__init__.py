"""Whose words are these? Aligned passages, who took them from whom, lost sources and the count of independent origins."""

from stemma.descent.story_descent import StoryDescent, story_descent

__all__ = ["StoryDescent", "story_descent"]
