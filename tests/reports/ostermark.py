"""A plain page of an invented article, on a bridge in Ostermark, and what is read out of one."""

from stemma.reports.article import Article
from stemma.reports.plain import article_from_text
from stemma.tables import BODY

TITLE = "Ostermark closes its old bridge after a lorry breaks through the railing"
PARAGRAPHS = (
    "The council of Ostermark closed the old bridge on Monday after a lorry broke its railing.",
    "Engineers found rust in eleven of the forty girders, the town's builder Ana Brell said.",
    "“We cannot let anybody drive over it before they are replaced,” Brell told residents.",
    "A ferry will carry cars across the river every half hour until the repair is finished.",
)


def article(*, before: str = "", after: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS, title: str = TITLE) -> Article:
    return article_from_text("\n".join([before, title, "", *[f"{p}\n" for p in paragraphs], after]))


def body(printed: Article) -> tuple[str, ...]:
    return tuple(text for role, text in printed.blocks if role in BODY)


def role(printed: Article, wanted: str) -> list[str]:
    return [text for role, text in printed.blocks if role == wanted]
