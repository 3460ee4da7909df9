"""Who said it: cues, attribution, sources pooled over the story, caveats attached."""

from stemma.statements.annotate import annotate_statements
from stemma.statements.attribution import attribute
from stemma.statements.said import Attribution
from stemma.statements.story import story_statements

__all__ = ["Attribution", "annotate_statements", "attribute", "story_statements"]
