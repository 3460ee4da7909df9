"""Stories of invented reports, for the tests of this room."""

from stemma.mentions import find_mentions
from stemma.mentions.parse import plain_paragraphs
from stemma.statements import story_statements
from stemma.tables import Report


def statements_of(**texts):
    """Return the statements and sources of a story of reports, by id an English text, or a language and a text."""
    reports, mentions = [], {}
    for id, given in texts.items():
        language, text = given if isinstance(given, tuple) else ("en", given)
        paragraphs = plain_paragraphs(text, language)
        report = Report(id, id, f"{id}.txt", None, None, "", None, None, None, None, (), None, (), None, language, text, ())
        reports.append((report, paragraphs))
        mentions[id] = find_mentions(paragraphs, None)
    return story_statements("s", reports, mentions)


def speakers(**texts):
    """The source of each quotation, by its words."""
    statements, sources = statements_of(**texts)
    name = {s.id: s.name for s in sources}
    text = {id: given if isinstance(given, str) else given[1] for id, given in texts.items()}
    return {text[s.report][a:b].strip(".,"): name.get(s.source) for s in statements for a, b in s.quotations}
