"""The account and its stemma in a terminal: the first screen, or all of it; read at 80 and at 40 columns, and when piped."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from stemma.show.claim_lines import claim_lines, claims_shown
from stemma.show.forest import DEEPEST, Branch, dated_before_parent, grow, without_passing
from stemma.show.openings import openings
from stemma.show.wording import (
    MARKED,
    Row,
    apart,
    chief_reason,
    clean,
    counted,
    edge_words,
    excerpt,
    headline,
    interval,
    is_doubtful,
    judged_words,
    judgement_words,
    left_out_words,
    no_command,
    one_line,
    report_name,
    sigla,
    stamp,
    withdrawn_words,
    witness_name,
)

_NARROW = 60
"""Under so many columns the tree is set in less."""
STORIES, FINDINGS, CLAIMS, WITNESSES = 3, 3, 6, 16
"""How much of an account the first screen shows."""
LISTED, LONGEST_LIST = 10, 40
"""Stories from which on they are listed instead, and the most that the list shows."""
_TITLE = 40
"""Columns of a title that tells two reports of one outlet apart."""
_ID_SHOWN = 8
"""How much of an id stands beside a finding: enough to judge it by."""
_SEVERE = {"high": "bold red", "medium": "yellow"}
_NARROW_DEEPEST = 3
"""Under so many columns fewer generations are set in: the rest of a line is for words."""


@dataclass(frozen=True, slots=True)
class _View:
    """What every line of a stemma is written with; `full` with times, reasons and a legend."""

    sigla: Mapping[str, str]
    reports: Mapping[str, Row]
    apart: Mapping[str, str]
    early: frozenset[str]
    marks: tuple[str, str, str]
    deepest: int
    full: bool


def print_account(account: Mapping[str, Any], console: Console, full: bool = False, kept: str = "") -> None:
    """Print the account: each story's headline, stemma, gravest findings and first claims, and what else there is.

    With `full` every story, every finding with the words that prove it, more claims, and the skipped pages. Many stories
    are listed, a line each, and how one is opened from the store where they are `kept`.
    """
    reports = {r["id"]: r for r in account["reports"]}
    stories = sorted(account["stories"], key=lambda s: -len(s["reports"]))
    if len(stories) >= LISTED and not full:
        _print_list(stories, reports, console, kept)
        return
    shown = stories if full else stories[:STORIES]
    for i, story in enumerate(shown):
        if i:
            console.print()
        _print_story(story, reports, console, full)
    if not stories:
        console.print("No story was found.")
    skipped = list(account.get("skipped", []))
    if full:
        _print_skipped(skipped, console)
    else:
        _print_rest(shown, reports, len(stories) - len(shown), len(skipped), console)


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


def _print_list(stories: Sequence[Row], reports: Mapping[str, Row], console: Console, kept: str) -> None:
    rows = []
    for story in stories[:LONGEST_LIST]:
        dates = sorted(date for r in story["reports"] if (date := reports[r]["published"]))
        origins, first, last = story["independent_origins"], dates[0] if dates else None, dates[-1] if dates else None
        count = len(story["reports"]) + story.get("left_out", 0)
        rows.append({**story, "reports": count, "origins": origins, "first": first, "last": last})
    print_stories(rows, console)
    rest = len(stories) - LONGEST_LIST
    more = f"{'1 more story' if rest == 1 else f'{rest:,} more stories'}. " if rest > 0 else ""
    console.print()
    how = f"`stemma show ID --db {kept or 'FILE'}` opens one"
    told = f"{more}{how}{'' if kept else ' that `stemma analyse PAGES --db FILE` keeps'}; --full prints all."
    console.print(_text(told, "dim"))


def _print_story(story: Row, reports: Mapping[str, Row], console: Console, full: bool) -> None:
    console.print(_text(headline(story), "bold"))
    console.print(_text(story.get("title") or "(no title)", "italic"))
    if opened := _opening(story, reports):
        console.print(_text(opened))
    if left := left_out_words(story):
        console.print(_text(left))
    if len(story["reports"]) == 1:
        _print_single(story, reports, console)
    else:
        _heading("Stemma", console)
        print_stemma(story, reports, console, most=None if full else WITNESSES)
    _print_findings(story, reports, console, full)
    if len(story["reports"]) > 1:
        _print_claims(story, reports, console, full)
    if full:
        _print_versions([reports[r] for r in story["reports"]], console)
        _print_judged(story, console)


def _opening(story: Row, reports: Mapping[str, Row]) -> str:
    """The words at the top of a report that say most of what all open with, and whose they are."""
    best = next(iter(openings(story, reports)), None)
    return f"“{one_line(best.words)}{' …' if best.cut else ''}” ({best.siglum})" if best else ""


def _print_single(story: Row, reports: Mapping[str, Row], console: Console) -> None:
    report = reports[story["reports"][0]]
    when = f", {report['published'][:10]}" if report.get("published") else ""
    console.print(_text(f"  {report_name(report)}{when}; no other report to compare it with"))
    for derivation in story.get("derivations", [])[:3]:
        parent = next((w for w in story.get("witnesses", []) if w["id"] == derivation["parent"]), None)
        if parent:
            lost = "○ " if parent.get("report") is None else ""
            console.print(_text(f"  from {lost}{witness_name(parent, reports)}: {edge_words(derivation)}"))


def _print_claims(story: Row, reports: Mapping[str, Row], console: Console, full: bool) -> None:
    lines = list(claim_lines(story, reports, console.width - 1, None if full else CLAIMS))
    if not lines:
        return
    _heading("Claims, and in brackets from how many origins", console)
    for line in lines:
        style = "bold red" if line.grave else ("italic", "", "dim")[line.depth]
        console.print(_text(" " * (1, 2, 4)[line.depth] + line.words, style), no_wrap=True)
    if full:
        console.print(_text("  (--html and --json show all)", "dim"))


def _print_findings(story: Row, reports: Mapping[str, Row], console: Console, full: bool) -> None:
    findings, withdrawn = story.get("findings", []), withdrawn_words(story)
    if not findings and not withdrawn:
        return
    _heading("Findings", console)
    signs = sigla(story, reports)
    for i, finding in enumerate(findings if full else findings[:FINDINGS], 1):
        key = finding.get("id", "")[:_ID_SHOWN]
        known = ", ".join(part for part in (finding.get("severity"), key) if part)
        kind = (_plain(finding["kind"]), _SEVERE.get(finding.get("severity", ""), "bold"))
        first = Text.assemble(kind, _plain(f"{f' ({known})' if known else ''}: {finding['message']}"))
        console.print(_hanging(f"{i}.", first, 2))
        for evidence in finding.get("evidence", []) if full else []:
            if evidence["report"] in reports:
                words = excerpt(reports[evidence["report"]]["text"], evidence["start"], evidence["end"], 200)
                siglum = signs.get(evidence["report"], "?")
                console.print(_hanging(siglum, _text(f"“{words}”"), 6))
        if finding.get("judged"):
            console.print(Padding(_text(judged_words(finding), "dim"), (0, 0, 0, 6)))
    if withdrawn:
        console.print(_text(f"  {withdrawn}", "dim"))


def _print_rest(shown: Sequence[Row], reports: Mapping[str, Row], stories: int, skipped: int, console: Console) -> None:
    """Count what --full shows beside the first screen."""
    findings = sum(max(0, len(s.get("findings", [])) - FINDINGS) for s in shown)
    claims = sum(claims_shown(s, reports) - claims_shown(s, reports, CLAIMS) for s in shown)
    held = sum(len(s.get("claims", [])) for s in shown)
    rest = [
        counted(number, noun)
        for number, noun in ((findings, "finding"), (claims, "claim"), (skipped, "skipped page"))
        if number
    ]  # fmt: skip
    if stories:
        rest.insert(0, "1 story" if stories == 1 else f"{stories:,} stories")
    if shown:
        more = f"{', '.join(rest)} more, and " if rest else ""
        console.print()
        every = f"; --html and --json hold all {held:,} claims" if claims < held - CLAIMS * len(shown) else ""
        console.print(_text(f"--full shows {more}the words that prove what is found{every}", "dim"))


def _print_judged(story: Row, console: Console) -> None:
    """Print what people judged of a story; the rest of the account follows it already."""
    if story.get("judgements"):
        _heading("Judged", console)
        for judgement in story["judgements"]:
            console.print(Padding(_text(judgement_words(judgement)), (0, 0, 0, 2)))


def _print_versions(reports: Iterable[Row], console: Console) -> None:
    """What was changed in reports that were saved more than once."""
    edited = [r for r in reports if r.get("versions")]
    if edited:
        _heading("Versions", console)
    for report in edited:
        for number, was in enumerate(report["versions"], 1):
            kinds = Counter(change["kind"] for change in was["changes"])
            counts = ", ".join(f"{counted(count, 'paragraph')} {kind}" for kind, count in sorted(kinds.items()))
            when = was["retrieved"] or was["modified"] or was["published"] or "no date"
            later = (*report["versions"], report)[number]["title"]
            headline = f"; the headline was “{was['title']}”" if was["title"] and was["title"] != later else ""
            line = f"{report_name(report)}, version {number} ({when[:16]}): {counts or 'nothing changed'} in the next{headline}"
            console.print(Padding(_text(line), (0, 0, 0, 2)))


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
    return " " * lead + one_line(str(words)) if "\n" in str(words) else no_command(clean(str(words)))


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


def print_stemmata(account: Mapping[str, Any], console: Console) -> None:
    """Print the stemma of each story alone, the largest story first."""
    reports = {r["id"]: r for r in account["reports"]}
    stories = sorted(account["stories"], key=lambda s: -len(s["reports"]))
    for i, story in enumerate(stories):
        if i:
            console.print()
        console.print(Text(headline(story), "bold", overflow="fold"))
        console.print(Text(one_line(story.get("title") or "(no title)"), "italic", overflow="fold"))
        console.print()
        print_stemma(story, reports, console, full=True)
    if not stories:
        console.print("No story was found.")


def print_stemma(story: Row, reports: Mapping[str, Row], console: Console, full: bool = False, most: int | None = None) -> None:
    """Print a story's stemma as a tree, or its first witnesses; what is cited in passing is a line under it.

    With `full` that is a witness like others, and there are times of publication, reasons and a legend.
    """
    story, passing = (story, "") if full else without_passing(story)
    branches = grow(story, reports)
    marks = ("*", "o", "-") if console.options.ascii_only else ("●", "○", "┄")
    deepest = _NARROW_DEEPEST if console.width < _NARROW else DEEPEST
    sigla = {w["id"]: one_line(str(w.get("siglum") or "?")) for w in story.get("witnesses", [])}
    titles = {report: shorten(title, _TITLE, placeholder=" …") for report, title in apart(story, reports).items()}
    view = _View(sigla, reports, titles, dated_before_parent(branches, reports), marks, deepest, full)
    nodes: list[Tree] = []
    for branch in branches[:most]:
        words = _witness(branch, view)
        column = min(branch.depth, deepest)
        if column == 0:
            _print_trees(nodes[:1], console)
            nodes = [Tree(words)]
        else:
            nodes[column:] = [nodes[column - 1].add(words)]
    _print_trees(nodes[:1], console)
    if most and len(branches) > most:
        console.print(_text(f"  and {len(branches) - most:,} more", "dim"))
    if passing:
        console.print(Padding(_text(passing, "dim"), (0, 0, 0, 2)))
    if full:
        console.print()
        for line in _legend(story, branches, marks):
            console.print(Padding(Text(line, "dim", overflow="fold"), (0, 0, 0, 2), expand=False))


def _print_trees(trees: list[Tree], console: Console) -> None:
    for tree in trees:
        console.print(Padding(tree, (0, 0, 0, 2), expand=False))


def _witness(branch: Branch, view: _View) -> Text:
    """Return the lines of a witness: its siglum and name, how it was taken and why, from whom else."""
    report, lost, also = view.marks[0], view.marks[1], view.marks[2]
    is_lost = branch.witness.get("report") is None
    words = Text.assemble(
        f"{lost if is_lost else report} ", (view.sigla[branch.witness["id"]], "bold"), " ",
        clean(witness_name(branch.witness, view.reports)), overflow="fold",
    )  # fmt: skip
    if title := view.apart.get(branch.witness.get("report") or ""):
        words.append(f" “{clean(title)}”", "italic")
    if is_lost:
        words.append(f" ({branch.lost_words})", "dim")
    if view.full and not is_lost:
        words.append(f", {_when(branch, view)}", "dim")
    if branch.edge:
        source = f" from {view.sigla[branch.edge['parent']]}" if branch.depth > view.deepest else ""
        rest = ", the rest its own" if branch.origin and not is_lost else ""
        words.append(f"{source}{_then(view)}{edge_words(branch.edge)}{rest}{_judged(branch.edge)}")
        words.append(_reason(branch.edge, view), "dim")
    elif branch.origin and not is_lost:
        words.append(": an origin", "dim")
    for edge in branch.also:
        mark = f"{also} " if view.full else "  "
        words.append(f"\n{mark}also from {view.sigla[edge['parent']]}: {edge_words(edge)}{_judged(edge)}", "dim")
        words.append(_reason(edge, view), "dim")
    return words


def _judged(edge: Row) -> str:
    return f"\n{judged_words(edge)}" if edge.get("judged") else ""


def _then(view: _View) -> str:
    return "\n" if view.full else ": "


def _when(branch: Branch, view: _View) -> str:
    published = stamp(view.reports.get(branch.witness["report"], {}).get("published")) or "no date"
    return f"{published}, dated before its source" if branch.witness["id"] in view.early else published


def _reason(edge: Row, view: _View) -> str:
    reason = chief_reason(edge) if view.full else None
    return f"\n{reason}" if reason else ""


def _legend(story: Row, branches: list[Branch], marks: tuple[str, str, str]) -> Iterator[str]:
    """Explain only what stands in the tree."""
    report, lost, also = marks
    yield f"{report} a report"
    if any(b.witness.get("report") is None for b in branches):
        yield f"{lost} a lost source: not in the collection, known by its copies"
    kinds = [k for k in MARKED if any(d.get("kind") == k for d in story.get("derivations", []))]
    for kind in (k for k in kinds if MARKED[k] != k):
        yield f"{kind}: {MARKED[kind]}"
    if kinds:
        yield "%: how much of its words was taken, quotations too; findings leave these out"
        yield "probability: that it was taken from there"
    if any(map(is_doubtful, story.get("derivations", []))):
        yield "perhaps: where that is less than one half"
    if any(b.also for b in branches):
        yield f"{also} also from: a second, weaker source of the same report"
    if any(b.origin for b in branches):
        yield "an origin, words of its own: taken from no other report"
