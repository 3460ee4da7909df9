"""The stages in order: which tables each reads and writes. Every stage commits whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stemma import __version__, ids
from stemma.account import Account, build, story_title
from stemma.engines.duckdb import Store
from stemma.errors import PageError, UsageError
from stemma.judged import concerns, judged_of
from stemma.pages import PageMeta, Saved, read_pages
from stemma.tables import (
    STORY_TABLES,
    VERSION,
    Alias,
    Block,
    Judgement,
    Page,
    Report,
    Run,
    Skipped,
    Story,
)  # fmt: skip

BATCH = 64
"""Pages in one transaction: what a killed run reads again at the most."""

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much of it is done and how much there is."""


def nothing_to_show(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def deepen(store: Store, progress: Progress = nothing_to_show, attribution: Path | None = None) -> list[str]:
    """Group the reports that the store holds and run the deep pass over the stories that changed; return all ids.

    `attribution` is a model file of `stemma train attribution`; the rules alone where there is none.
    """
    stories = group_stories(store)
    done = {r.story: r for r in store.read("run")}
    settings, judgements = _settings(attribution), store.read("judgement")
    waiting = [
        s for s, members in stories.items() if not _up_to_date(done.get(s), members, f"{settings}{_word(judgements, members)}")
    ]
    for n, story in enumerate(waiting):
        progress("account", n, len(waiting))
        deep_pass(store, story, stories[story], attribution)
    progress("account", len(waiting), len(waiting))
    return sorted(stories, key=lambda s: (-len(stories[s]), s))


def read_into(store: Store, paths: Sequence[str], meta: Mapping[str, PageMeta], progress: Progress = nothing_to_show) -> int:
    """Read pages into the tables page, report, block and skipped; return how many were read or there already."""
    from stemma.pages import count_pages

    total, done = count_pages(paths), 0
    good = 0
    for batch in _batches(read_pages(paths, meta)):
        progress("pages", done, total)
        good += _read_batch(store, batch)
        done += len(batch)
    progress("pages", done, max(done, total))
    return good


def group_stories(store: Store) -> dict[str, list[str]]:
    """Group the store's reports into stories (ids that went stay as aliases); return each story's reports."""
    from stemma.stories import Document, group

    documents = [Document(r.id, r.title, r.text, r.published, r.language) for r in store.read("report")]
    grouped = group(documents, store.sql) if documents else {}
    before = {row.report: row.story for row in store.read("story")}
    with store.transaction():
        if grouped != before:
            gone = {before[r]: grouped[r] for r in sorted(before) if r in grouped and before[r] not in grouped.values()}
            kept = {a.old: a for a in store.read("alias") if a.old not in grouped.values()}
            moved = {old: Alias(old, gone.get(a.story, a.story)) for old, a in kept.items()}
            store.replace("alias", [*moved.values(), *(Alias(old, new) for old, new in gone.items())])
            store.replace("story", [Story(s, r) for r, s in sorted(grouped.items())])
            for story in sorted(set(before.values()) - set(grouped.values())):
                store.write({}, replace_story=story)
    stories: dict[str, list[str]] = {}
    for report, story in sorted(grouped.items()):
        stories.setdefault(story, []).append(report)
    return stories


def deep_pass(store: Store, story: str, members: Sequence[str], attribution: Path | None = None) -> None:
    """Work out descent, statements, claims and findings of one story and write them in one transaction."""
    reports = store.read("report", {"id": list(members)})
    blocks = _blocks_of(store, members)
    judgements = store.read("judgement")
    rows = deep_rows(story, [(r, blocks[r.id]) for r in reports], attribution, judgements)
    run = Run(
        story,
        __version__,
        f"{_settings(attribution)}{_word(judgements, members)}",
        _members_id(members),
        "duckdb",
        datetime.now(UTC).isoformat(timespec="seconds"),
    )
    with store.transaction():
        store.write({**rows, "run": [run]}, replace_story=story)


def deep_rows(
    story: str,
    reports: Sequence[tuple[Report, Sequence[Block]]],
    attribution: Path | None = None,
    judgements: Sequence[Judgement] = (),
) -> dict[str, list[Any]]:
    """Return the rows of all deep tables of one story: a pure function of its reports, whatever their order.

    `judgements` are what people said of them, and of other stories.
    """
    from stemma.claims import build_claims
    from stemma.descent import story_descent
    from stemma.findings.context import Context
    from stemma.findings.find import find_findings
    from stemma.mentions.parse import paragraphs
    from stemma.mentions.report import find_mentions, mention_rows
    from stemma.statements import story_statements
    from stemma.statements.training.judge import judge_from

    ordered = sorted(reports, key=lambda rb: rb[0].id)
    judged = judged_of(judgements, {r.id for r, _ in ordered})
    traced = story_descent(story, ordered, judged.rejected, judged.accepted)
    parsed = [(r, paragraphs(r.text, b, r.language)) for r, b in ordered]
    mentions = {r.id: find_mentions(p, r.published) for r, p in parsed}
    judge = None if attribution is None else judge_from(attribution)
    statements, sources = story_statements(story, parsed, judge, judged.same_names, judged.other_names)
    built = build_claims(story, parsed, mentions, statements, traced, judged.same_claims, judged.other_claims)
    context = Context(
        story, {r.id: r for r, _ in parsed}, {r.id: p for r, p in parsed}, mentions, statements,
        {s.id: s for s in sources}, traced, built.claims, built.states,
    )  # fmt: skip
    return {
        "mention": [row for r, _ in parsed for row in mention_rows(r, mentions[r.id])],
        "alignment": traced.alignments, "witness": traced.witnesses, "derivation": traced.derivations,
        "sign": traced.signs, "origin": traced.origins, "descendant": traced.descendants,
        "origin_count": [traced.count],
        "statement": statements, "source": sources,
        "claim": [g.claim for g in built.claims], "member": built.members, "stance": built.stances,
        "finding": find_findings(context),
    }  # fmt: skip


def account_of(store: Store, stories: Iterable[str] | None = None) -> Account:
    """Return the account of some stories (all when None) from the store; nothing is worked out again."""
    wanted = None if stories is None else list(stories)
    rows: dict[str, Sequence[Any]] = {t: store.read(t, None if wanted is None else {"story": wanted}) for t in STORY_TABLES}
    rows["story"] = store.read("story", None if wanted is None else {"story": wanted})
    members = [row.report for row in rows["story"]]
    rows["report"] = store.read("report", {"id": members})
    for table in ("block", "mention"):
        rows[table] = store.read(table, {"report": members})
    rows["skipped"], rows["judgement"] = store.read("skipped"), store.read("judgement")
    return build(rows)


def stories_of(store: Store) -> list[dict[str, Any]]:
    """Return id, title, reports, independent origins, first and last date of each story, the largest first."""
    members: dict[str, list[Report]] = {}
    reports = {r.id: r for r in store.read("report")}
    for row in store.read("story"):
        members.setdefault(row.story, []).append(reports[row.report])
    counts = {c.story: c for c in store.read("origin_count")}
    rows = []
    for story, mine in members.items():
        dates = sorted(r.published for r in mine if r.published)
        count = counts.get(story)
        rows.append(
            {
                "id": story, "title": story_title(mine), "reports": len(mine),
                "origins": {"low": count.low, "best": count.best, "high": count.high} if count else None,
                "first": dates[0] if dates else None, "last": dates[-1] if dates else None,
            }
        )  # fmt: skip
    return sorted(rows, key=lambda r: (-r["reports"], r["id"]))


def find_story(store: Store, wanted: str) -> str:
    """Return the id of the story that a user means by an id, the beginning of one, or an id that it once had.

    Raises UsageError when none or several fit.
    """
    now = sorted({row.story for row in store.read("story")})
    old = {a.old: a.story for a in store.read("alias")}
    fits = sorted({s for s in now if s.startswith(wanted)} | {new for o, new in old.items() if o.startswith(wanted)})
    if len(fits) == 1:
        return str(fits[0])
    if not fits:
        raise UsageError(f"No story {wanted!r} in this store. `stemma stories` lists {len(now)}.")
    raise UsageError(f"{wanted!r} fits {len(fits)} stories ({', '.join(fits[:5])}). Give more of the id.")


def _read_batch(store: Store, batch: Sequence[Saved | Skipped]) -> int:
    """Of one page under several locations the first by name stays, whichever was read first."""
    saved_pages = sorted((s for s in batch if isinstance(s, Saved)), key=lambda s: s.page.location)
    here: dict[str, Page] = {p.id: p for p in store.read("page", {"id": [s.page.id for s in saved_pages]})}
    skipped = [s for s in batch if isinstance(s, Skipped)]
    moved, good = [], 0
    rows: dict[str, list[Any]] = {"page": [], "report": [], "block": [], "skipped": skipped}
    for saved in saved_pages:
        known = here.get(saved.page.id)
        if known is None or saved.page.location < known.location:
            found = _read_page(saved)
            if isinstance(found, Skipped):
                skipped.append(found)
                continue
            moved += [known.id] if known else []
            here[saved.page.id] = saved.page
            rows["page"].append(saved.page)
            rows["report"].append(found[0])
            rows["block"] += found[1]
        good += 1
    with store.transaction():
        # A page that was mended since the last run is no longer listed.
        store.remove("skipped", {"location": [s.page.location for s in saved_pages] + [s.location for s in skipped]})
        _forget(store, moved)
        store.write(rows)
    return good


def _read_page(saved: Saved) -> tuple[Report, list[Block]] | Skipped:
    from stemma.reports import read_report

    try:
        return read_report(saved)
    except PageError as error:
        return Skipped(saved.page.location, str(error))
    except Exception as error:  # noqa: BLE001 - the one boundary: a bad page must not stop the run, and it is recorded
        reason = f"this page could not be read ({type(error).__name__}: {error})."
        return Skipped(saved.page.location, reason)


def _forget(store: Store, pages: Sequence[str]) -> None:
    """Take out pages that get another location, and the mark that their stories' accounts are up to date."""
    if pages:
        stories = [row.story for row in store.read("story", {"report": pages})]
        for table, column in (("page", "id"), ("report", "id"), ("block", "report")):
            store.remove(table, {column: pages})
        store.remove("run", {"story": stories})


def _batches(items: Iterable[Saved | Skipped]) -> Iterator[list[Saved | Skipped]]:
    batch: list[Saved | Skipped] = []
    for item in items:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _blocks_of(store: Store, members: Sequence[str]) -> dict[str, list[Block]]:
    blocks: dict[str, list[Block]] = {m: [] for m in members}
    for block in store.read("block", {"report": list(members)}):
        blocks[block.report].append(block)
    return blocks


def _members_id(members: Sequence[str]) -> str:
    return ids.digest(sorted(members))


def _up_to_date(run: Run | None, members: Sequence[str], settings: str) -> bool:
    return run is not None and (run.version, run.settings, run.reports) == (__version__, settings, _members_id(members))


def _word(judgements: Sequence[Judgement], members: Sequence[str]) -> str:
    """What people judged of a story's reports, as far as a run depends on it: a finding is judged after it is made."""
    mine = [j for j in judgements if j.kind != "finding" and concerns(j, members)]
    return f" judged {ids.digest([(j.this, j.that, j.kind, j.verdict) for j in mine])}" if mine else ""


def _settings(attribution: Path | None) -> str:
    """The tables' version, and the attribution model by its bytes."""
    return str(VERSION) if attribution is None else f"{VERSION} {ids.digest(attribution.read_bytes().hex())}"
