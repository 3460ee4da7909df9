"""The account in a terminal: readable at 80 columns, without colour, and when piped."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stemma.show.stemma_terminal import print_stemma
from stemma.show.wording import (
    Row,
    carriers,
    clean,
    counted,
    edge_words,
    excerpt,
    figure_words,
    gravest,
    headline,
    interval,
    judged_words,
    judgement_words,
    named,
    names,
    one_line,
    report_name,
    sigla,
    with_parts,
    withdrawn_words,
    witness_name,
)

_SHARED_SHOWN = 12
_SINGLES_SHOWN = 8
_PARTS_SHOWN = 3
_PART_WIDTH = 60
_NARROW = 60
"""Under so many columns claims are a list: a table of five columns could not be read."""


def print_account(account: Mapping[str, Any], console: Console) -> None:
    """Print the account: each story's headline, stemma, claims and findings; last the skipped pages."""
    reports = {r["id"]: r for r in account["reports"]}
    stories = sorted(account["stories"], key=lambda s: -len(s["reports"]))
    for i, story in enumerate(stories):
        if i:
            console.print()
        _print_story(story, reports, console)
    if not stories:
        console.print("No story was found.")
    _print_skipped(account.get("skipped", []), console)


def print_stories(rows: Iterable[Mapping[str, Any]], console: Console) -> None:
    """Print what a store holds, one story a row.

    Rows: `id`, `title`, `reports` (count), `origins` ({"low","best","high"} or None before the deep pass),
    `first`, `last` (dates of publication or None).
    """
    table = _table("story", "title", "reports", "origins", "published")
    table.columns[0].no_wrap = True
    table.columns[4].width = 12
    table.columns[2].justify = table.columns[3].justify = "right"
    for row in rows:
        origins = row.get("origins") or ({"low": row["low"], "high": row["high"]} if row.get("low") is not None else None)
        table.add_row(
            *map(
                _text,
                (row["id"], row.get("title") or "(no title)", row["reports"], interval(origins), _dates(row)),
            )
        )
    console.print(table if table.row_count else "The store holds no story yet.")


def _print_story(story: Row, reports: Mapping[str, Row], console: Console) -> None:
    console.print(_text(headline(story), "bold"))
    console.print(_text(story.get("title") or "(no title)", "italic"))
    if len(story["reports"]) == 1:
        _print_single(story, reports, console)
    else:
        _print_stemma(story, reports, console)
        _print_claims(story, reports, console)
    _print_findings(story, reports, console)
    _print_judged(story, console)


def _print_single(story: Row, reports: Mapping[str, Row], console: Console) -> None:
    report = reports[story["reports"][0]]
    when = f", {report['published'][:10]}" if report.get("published") else ""
    console.print(_text(f"  {report_name(report)}{when}; no other report to compare it with"))
    for derivation in story.get("derivations", [])[:3]:
        parent = next((w for w in story.get("witnesses", []) if w["id"] == derivation["parent"]), None)
        if parent:
            lost = "○ " if parent.get("report") is None else ""
            console.print(_text(f"  from {lost}{witness_name(parent, reports)}: {edge_words(derivation)}"))


def _print_stemma(story: Row, reports: Mapping[str, Row], console: Console) -> None:
    _heading("Stemma", console)
    print_stemma(story, reports, console)


def _print_claims(story: Row, reports: Mapping[str, Row], console: Console) -> None:
    """Print the claims that several reports carry; those of one report are counted, or shown if alone."""
    claims, signs = story.get("claims", []), sigla(story, reports)
    shared = [c for c in claims if len(carriers(c, signs)) > 1]
    wholes = with_parts(shared)
    shown = wholes[:_SHARED_SHOWN] or [(c, []) for c in gravest(claims)[:_SINGLES_SHOWN]]
    if not claims:
        return
    _heading("Claims", console)
    rows = [_claim_cells(c, parts, signs, names(story, reports)) for c, parts in shown]
    if console.width < _NARROW:
        for words, source, by, relation, verified in rows:
            console.print(_hanging("•", words, 2))
            line = f"{relation.plain}; {source.plain}; {', '.join(by.plain.splitlines())}; verified by {verified.plain}"
            console.print(Padding(_text(line, str(relation.style) or "dim"), (0, 0, 0, 4)))
    else:
        console.print(_claim_table(rows))
    more, alone = max(0, len(wholes) - len(shown)), len(claims) - len(shared)
    rest = [f"{counted(more, 'claim')} more that several reports carry"] if more else []
    rest += [f"{counted(alone, 'claim')} that one report alone carries"] if alone and shared else []
    if rest:
        console.print(_text(f"  and {', and '.join(rest)} (--html and --json show them)", "dim"))


def _claim_table(rows: Iterable[tuple[Text, ...]]) -> Table:
    table = _table("claim", "source", "carried by", "relation", "verified by")
    for column, ratio in zip(table.columns, (30, 15, 12, None, 12), strict=True):
        column.ratio = ratio
    table.columns[3].no_wrap = True
    table.expand = True
    for cells in rows:
        table.add_row(*cells)
    return table


def _claim_cells(claim: Row, parts: Sequence[Row], signs: Mapping[str, str], known: Mapping[str, str]) -> tuple[Text, ...]:
    """Return the claim with its parts, its sources, who carries it, its relation and who verified it."""
    by = " ".join(signs[r] for r in carriers(claim, signs))
    sources = ", ".join(named(claim.get("sources", []), known)) or "–"
    verified = ", ".join(named(claim.get("verified_by", []), known)) or "nobody"
    relation = _text(claim["relation"], "bold" if claim["relation"] in ("conflict", "disputed") else "")
    carried = Text(f"{by}\n{counted(len(claim.get('origins', [])), 'origin')}")
    words = _claim_words(claim, signs)
    for part in parts[:_PARTS_SHOWN]:
        said, by_part = excerpt(part["summary"], 0, len(part["summary"]), _PART_WIDTH), carriers(part, signs)
        words.append(f"\n– {said} ({' '.join(signs[r] for r in by_part)})", "dim")
    return words, _text(sources), carried, relation, _text(verified)


def _claim_words(claim: Row, signs: Mapping[str, str]) -> Text:
    """Return the claim, and under it who gives which figure where they are not all one."""
    by_figure: dict[str, list[str]] = {}
    for report in carriers(claim, signs):
        figures = (figure_words(m.get("figure")) for m in claim["members"] if m["report"] == report)
        for figure in dict.fromkeys(f for f in figures if f):
            by_figure.setdefault(figure, []).append(signs[report])
    words = _text(claim["summary"])
    if len(by_figure) > 1:
        words.append("\n" + "; ".join(f"{' '.join(by)}: {figure}" for figure, by in by_figure.items()), "dim")
    return words


def _print_findings(story: Row, reports: Mapping[str, Row], console: Console) -> None:
    findings, withdrawn = story.get("findings", []), withdrawn_words(story)
    if not findings and not withdrawn:
        return
    _heading("Findings", console)
    signs = sigla(story, reports)
    for i, finding in enumerate(findings, 1):
        severity = f" ({finding['severity']})" if finding.get("severity") else ""
        first = Text.assemble((_plain(finding["kind"]), "bold"), _plain(f"{severity}: {finding['message']}"))
        console.print(_hanging(f"{i}.", first, 2))
        for evidence in finding.get("evidence", []):
            if evidence["report"] in reports:
                words = excerpt(reports[evidence["report"]]["text"], evidence["start"], evidence["end"], 200)
                siglum = signs.get(evidence["report"], "?")
                console.print(_hanging(siglum, _text(f"“{words}”"), 6))
        if finding.get("judged"):
            console.print(Padding(_text(judged_words(finding), "dim"), (0, 0, 0, 6)))
    if withdrawn:
        console.print(_text(f"  {withdrawn}", "dim"))


def _print_judged(story: Row, console: Console) -> None:
    """Print what people judged of a story; the rest of the account follows it already."""
    if story.get("judgements"):
        _heading("Judged", console)
        for judgement in story["judgements"]:
            console.print(Padding(_text(judgement_words(judgement)), (0, 0, 0, 2)))


def _print_skipped(skipped: Iterable[Row], console: Console) -> None:
    rows = list(skipped)
    if rows:
        _heading(f"Skipped: {counted(len(rows), 'page')}", console)
        for row in rows:
            console.print(Padding(_text(f"{row['location']}: {row['reason']}"), (0, 0, 0, 2)))


def _hanging(mark: str, words: Text, indent: int) -> Padding:
    """Return a paragraph whose later lines stand under its first word, not under its mark."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(_text(mark), words)
    return Padding(grid, (0, 0, 0, indent))


def _heading(words: str, console: Console) -> None:
    console.print()
    console.print(Text(words, "bold underline" if console.is_terminal and not console.no_color else "bold"))


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _text(words: object, style: str = "") -> Text:
    """Text, never markup: a title may hold square brackets, and a page may hold escape codes."""
    return Text(_plain(words), style, overflow="fold")


def _plain(words: object) -> str:
    lead = len(str(words)) - len(str(words).lstrip(" "))
    return " " * lead + one_line(str(words)) if "\n" in str(words) else clean(str(words))


def _dates(row: Row) -> str:
    days = list(dict.fromkeys(str(d)[:10] for d in (row.get("first"), row.get("last")) if d))
    return " – ".join(days) or "no date"


def print_judgements(rows: Sequence[Row], console: Console) -> None:
    """Print judgements as the account has them, one a row."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column, width in (("id", 16), ("verdict", 7), ("about", None), ("who, when", 20)):
        table.add_column(column, overflow="fold", width=width, no_wrap=column in ("id", "verdict"))
    for row in rows:
        note = f"\n{one_line(row['note'])}" if row["note"] else ""
        said = f"{one_line(row['who'])}, {row['when'][:10]}{note}"
        table.add_row(*map(Text, (row["id"], row["verdict"], f"{row['kind']}: {one_line(row['about'])}", said)))
    console.print(table if table.row_count else "Nothing was judged in this store.")
