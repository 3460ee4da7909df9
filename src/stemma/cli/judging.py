"""A reader's word: judge, judgements."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.console import console, print_json, progress_bar, say, user
from stemma.cli.files import open_corpus
from stemma.cli.options import Store
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.tables import Judgement


class Verdict(StrEnum):
    """What can be said of something; accept and reject are other words for right and wrong."""

    same = "same"
    not_ = "not"
    right = "right"
    wrong = "wrong"
    accept = "accept"
    reject = "reject"

    @property
    def meant(self) -> str:
        """Return the verdict that is kept."""
        return {"accept": "right", "reject": "wrong"}.get(self.value, self.value)


def judge(
    verdict: Annotated[
        Verdict, typer.Argument(help="same, not: two statements or two names. right, wrong: a finding, a derivation.")
    ],
    this: Annotated[str, typer.Argument(help="An id or its beginning; a name of a source; a letter of the stemma.")],
    db: Store,
    that: Annotated[str | None, typer.Argument(help="The other statement or name; of a derivation the parent.")] = None,
    story: Annotated[str | None, typer.Option(help="The story in which names and letters are looked up.")] = None,
    who: Annotated[str | None, typer.Option(help="Who judges; the name of the user when not given.")] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Say what is right or wrong, the same or not; every later run keeps it and applies it.

    
    A finding is wrong:                  stemma judge wrong 9c41 --db news.duckdb --note "two ferries"
    F did not take its words from A:     stemma judge reject F A --story 3f2a --db news.duckdb
    F did:                               stemma judge accept F A --story 3f2a --db news.duckdb
    Two statements say the same:         stemma judge same 77ab1c 90d2e4 --db news.duckdb
    Two names are not one source:        stemma judge not "the mayor" "Ann Lee" --story 3f2a --db news.duckdb
    """
    from stemma.judging import judge as keep

    judge = who or user()
    if not judge:
        raise UsageError("The system does not know who judges; say it with --who NAME.")
    with open_corpus(db) as corpus, progress_bar(False) as progress:
        row = keep(corpus.store, verdict.meant, this, that, judge, note, story, progress)
    _say_judged(row)


def judgements(
    db: Store,
    json_: Annotated[bool, typer.Option("--json", help="JSON lines instead of a table.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="ID", help="Take this judgement back.")] = None,
) -> None:
    """List what was judged, write it as JSON lines, or take a judgement back."""
    from stemma.account import judgement_object
    from stemma.judging import judgements as kept
    from stemma.judging import undo as take_back
    from stemma.show.terminal import print_judgements

    with open_corpus(db) as corpus:
        if undo is not None:
            with progress_bar(False) as progress:
                _say_judged(take_back(corpus.store, undo, progress), "Taken back")
            return
        rows = [judgement_object(j) for j in kept(corpus.store)]
    if json_:
        for row in rows:
            print_json(json.dumps(row, ensure_ascii=False))
    else:
        print_judgements(rows, console())


def _say_judged(judgement: "Judgement", done: str = "Judged") -> None:
    """Say on stderr what was judged, and the id under which it can be taken back."""
    from stemma.judged import judgement_id

    key = judgement_id(judgement.this, judgement.that)
    say(f"{done} {judgement.verdict} ({judgement.kind} {key}): {judgement.about}")
