"""Invented pages of HTML, in more and less of the same, on each of which some number decides."""

from reports.decided_lines import LAST, MORE, PROSE, words
from reports.decided_text import numbered, page, plain
from stemma.reports.dom import parse
from stemma.reports.html import articles_from_html
from stemma.reports.jsonld import markup_of
from stemma.reports.metadata import site_name


def html(body, head="", title="Pier closed after the storm"):
    return articles_from_html(f"<html><head>{head}</head><body><h1>{title}</h1>{body}</body></html>")


def paragraphs(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


LONG = paragraphs(*numbered(5))
ARTICLE = '<meta property="og:type" content="article">'
LINKS = "".join(f"<li><a href='/{n}'>{words(9, 'Fair', str(n))}</a></li>" for n in range(8))


def choices():
    """Which runs of a page of HTML are its article."""
    ended = f"<article>{LONG}<div>Harbour of Lind</div></article>"
    told = [" ".join(numbered(5))[: len(" ".join(numbered(5))) * share // 100] for share in (40, 55, 70, 85, 100)]
    data = ['<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "' + t + '"}</script>' for t in told]
    return [
        *(html(f"<article>{LONG}<div>{words(n, 'Harbour')}</div></article>", d) for d in data for n in (3, 40)),
        *(html(f"<div><article>{LONG}</article><div>{paragraphs(*numbered(n))}</div></div>") for n in (1, 2, 3, 4)),
        html(ended),
        *(
            html(f"<article>{LONG}<section class='related'>{paragraphs(*numbered(n, LAST))}</section></article>")
            for n in range(1, 9)
        ),
        *(
            html(f"<article>{LONG}<p><a href='/x'>{words(n, 'Ferry')}</a></p>{paragraphs(PROSE)}</article>")
            for n in (20, 27, 34, 45)
        ),
        *(
            html(f"<article>{LONG}<p>{words(n, 'So')} <a href='/x'>{words(9, 'Ferry')}</a></p>{paragraphs(PROSE)}</article>")
            for n in range(5)
        ),
        *(
            html(f"<article>{LONG}<p><a href='/x'>{words(n, 'Ferry', ended=True)}</a></p>{paragraphs(PROSE)}</article>")
            for n in (7, 10, 13, 17)
        ),
        *(
            html(f"<article>{LONG}<div><h2>Most read</h2><b>Fair</b></div>{paragraphs(*numbered(1, *[MORE] * n))}</article>")
            for n in (1, 2, 3)
        ),
        *(
            html(f"<article>{LONG}<p>{label}</p>{paragraphs(*numbered(n, f'{n} boats and {MORE}'))}</article>")
            for n in range(1, 10)
            for label in ("About the author", f"About the author {words(12)}", f"About the author {words(16)}")
        ),
        *(html(f"<ul>{LINKS}</ul>{paragraphs(*numbered(k))}") for k in (1, 2)),
        *(
            html(f"<ul>{''.join(f'<li>{words(9, str(n))}</li>' for n in range(k))}</ul><p>{PROSE}</p>", ARTICLE)
            for k in range(14, 34, 3)
        ),
        *(html(f"<p>{words(n, 'So')} <a href='/x'>{words(9, 'Ferry')}</a></p><div>{LONG}</div>") for n in range(4, 20, 2)),
        *(
            html(
                f"<article>{LONG}<p>See also: {words(n)} | <a href='/x'>{words(5, 'Ferry')}</a></p>{paragraphs(PROSE)}</article>"
            )
            for n in range(2, 15)
        ),
        *(
            html(
                f"<div>{paragraphs(*numbered(2))}<div>{words(n, 'Two', ended=True)}</div>{paragraphs(*numbered(2))}</div>"
                f"<div>{paragraphs(*numbered(k))}</div>"
            )
            for n in (9, 30)
            for k in (1, 2, 3)
        ),
        *(
            html(paragraphs(*texts), head)
            for texts in (
                (words(6, ended=True),),
                (words(7, ended=True),),
                (words(9, ended=True),),
                (words(12, ended=True),),
                (words(16, ended=True),),
                (words(22, ended=True),),
                (words(30, ended=True),),
            )
            for head in ("", '<meta property="og:type" content="article">')
        ),
    ]


def tables():
    """What is the article on a page that is laid out in tables."""
    cell = f"<td>{LONG}</td>"
    return [
        *(html(f"<table><tr><td>{paragraphs(*numbered(n))}</td>{cell}</tr></table>") for n in (1, 2, 3, 4)),
        *(
            html(f"<article>{LONG}<table><tr><td>{words(n, 'Pier')}</td><td>{words(n, 'Mud')}</td></tr></table>{LONG}</article>")
            for n in (9, 12, 17, 22)
        ),
        *(
            html(
                f"<table><tr><td>{LONG}<table>{'<tr><td></td></tr>' * k}<tr><td><img src='a.png'>{words(n, 'Pier', ended=True)}"
                f"</td></tr></table>{paragraphs(PROSE)}</td></tr></table>"
            )
            for n in (12, 30, 50, 70, 85)
            for k in range(4)
        ),
    ]


def around():
    """What stands round the body on a page of HTML: title, deck, byline, date and credits."""
    signed = "<div>Reporting by Mara Venn; editing by Otto Lar</div>"
    return [
        *(
            articles_from_html(
                f"<title>Pier closed</title><div>Pier closed</div>{''.join(f'<div>Mud {n}</div>' for n in range(gap))}"
                f"<article>{LONG}</article>"
            )
            for gap in (20, 35, 45, 60)
        ),
        *(html(f"<article>{LONG}</article><footer>{'<div>Mud</div>' * n}{signed}</footer>") for n in range(10)),
        *(
            html(
                f"<article>{'<p>Old mud lies.</p>' * 0}{''.join(f'<p class=dek>Mud {n} of old Lind</p>' for n in range(k))}"
                f"<p class=byline>By Mara Venn</p>{LONG}</article>"
            )
            for k in range(2, 10)
        ),
        *(html(f"{LONG}<div>Reviewed by <a rel='author' href='/o'>Otto Lar</a> {words(n)}</div>") for n in (2, 4, 6, 8)),
        *(html(f"<article>{LONG}{paragraphs(*numbered(1)[:n])}{paragraphs(*numbered(1)[:n])}</article>") for n in (1, 2, 3)),
        *(
            articles_from_html(
                f"<meta property='og:title' content='{words(n, 'Old pier of Lind closed')}: what we know'>"
                f"<h1>{words(n, 'Old pier of Lind closed')}</h1>{LONG}"
            )
            for n in (2, 3, 4, 5, 6)
        ),
        *(
            articles_from_html(
                f"{'<div>' * depth}<h1>Pier closed</h1>{'</div>' * (depth - 1)}"
                f"<a class='author' href='/author/1'>Mara Venn</a>{'</div>' if depth else ''}<article>{LONG}</article>"
            )
            for depth in range(1, 8)
        ),
        *(
            html("".join(f"<a href='/author/{n}'>{name}</a>" for n, name in enumerate(NAMES[:k])) + f"<article>{LONG}</article>")
            for k in (1, 2, 3, 4, 5)
        ),
        *(html(f"<p class=byline>{'M' * n} of Lind, 12 March 2031 and on</p>{LONG}") for n in (30, 50, 70, 90)),
        *(
            html(f"{LONG}<p>{words(99)[:n]}</p>{paragraphs(PROSE, f'At {MORE}')}<div><p>{words(99)[:n]}</p></div>{LONG}")
            for n in (20, 35, 45, 60)
        ),
        *(
            articles_from_html(
                f"<meta property='og:title' content='{words(10)}'><title>{words(n)} {words(9, *NAMES)} - Lind</title>{LONG}"
            )
            for n in range(3, 11)
        ),
        *(
            articles_from_html(f"<meta property='og:title' content='{words(10)}'><h1>{words(n)}</h1><h1>Mud</h1>{LONG}")
            for n in range(3, 11)
        ),
    ]


NAMES_OF_BOATS = ("Quay", "Orla", "Field", "Tarn", "Brenna", "Vale", "Holm", "Lind")
NAMES = ("Mara Venn", "Otto Lar", "Ada Fenn", "Jon Reck", "Ines Falk")


def several():
    """Which articles of one page are reports of their own."""

    def article(title, *texts):
        return f"<article><h1>{title}</h1><p class='byline'>By Mara Venn</p>{paragraphs(*texts)}</article>"

    return [
        *(
            articles_from_html(
                article("Pier closed", *numbered(4)) + article("Fair opens", *numbered(1), words(n, "So", ended=True))
            )
            for n in (10, 30, 50, 80, 110)
        ),
        *(
            articles_from_html("".join(article(f"Pier {n} closed", *numbered(3, f"At {n} {PROSE}", MORE)) for n in range(count)))
            for count in (5, 8, 12, 15)
        ),
        *(
            articles_from_html(
                article("Pier closed", *numbered(4)) + article("Fair opens", *(words(n, f"So {k}") for k in range(30)))
            )
            for n in (4, 6, 8, 9, 11)
        ),
        *(
            articles_from_html(
                article("Pier closed", *numbered(4))
                + article("Fair opens", *(f"{k} {words(14 - n)} <a href='/{k}'>{words(n, 'Mud')}</a>" for k in range(12)))
            )
            for n in range(3, 11)
        ),
    ]


def sites():
    """The outlet that pages print in their head or foot."""
    named = "Quay and Field"
    return [
        *(
            site_name(
                markup_of(
                    parse(
                        f"<title>Pier closed - {named}</title>{'<div>Mud</div>' * n}<div>{named}</div><h1>Pier closed</h1>{LONG}"
                    )
                ),
                None,
            )
            for n in (6, 9, 13, 17)
        ),
        *(
            html(f"{LONG}<div>© 2031 {named}</div>{'<div>Mud</div>' * n}", f"<title>Pier closed - {named}</title>")
            for n in (15, 20, 28, 35)
        ),
        *(
            plain(page(*[f"Mud {n}" for n in range(gap)], "Lind Post", "Old pier closed after the storm", *numbered(2)))
            for gap in (4, 6, 8, 9, 11, 14)
        ),
        *(
            plain(page("Old pier closed after the storm", *["Mud of old"] * gap, "Lind Post", "12 March 2031", *numbered(2)))
            for gap in range(8)
        ),
        *(plain(page("Old pier closed after the storm", *numbered(2), f"© 2031 Tarin. {words(n)}")) for n in (12, 18, 25, 33)),
        *(
            plain(page(" ".join([*["Quay"] * n, "Post"]), "Old pier closed after the storm", "12 March 2031", *numbered(2)))
            for n in range(2, 9)
        ),
        *(
            html(f"<div>{name}</div>{LONG}", f"<title>Pier closed - {name}</title>")
            for name in (" ".join(NAMES_OF_BOATS[:n]) for n in range(2, 9))
        ),
    ]
