"""Who said it: cues, attribution, sources pooled over the story, caveats attached."""

from stemma.statements.attribution import find_attributions
from stemma.statements.story import annotate_statements, story_statements

__all__ = ["annotate_statements", "find_attributions", "story_statements"]
