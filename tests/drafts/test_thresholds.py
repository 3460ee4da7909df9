"""Each number that decides in this room is moved by a third, and what a draft is put beside, or how it is printed, changes."""

import pytest

from stemma.corpus import read
from stemma.drafts import beside, thresholds
from stemma.drafts.beside import Checked, Remark, Words
from stemma.drafts.formats import as_text
from stemma.drafts.read_draft import Place, read_draft
from stemma.stories import prints_of

LINES = "\n".join("The ferry to Ostrel was stopped on Monday after water came in at the bow"[:n] for n in (60, 65, 72))
LONG = "Nobody in Ostrel had seen the old ferry come in so late, and the port shut its gate. " * 9
REPORTS = 32


def wrapped(folder):
    """What is one paragraph, by the length of its lines."""
    drafts = [LINES, *(f"{LONG[:n]}\n{LONG[:n]}\n{LINES}" for n in (70, 90, 110, 130, 150))]
    found = []
    for n, text in enumerate(drafts):
        path = folder / f"{n}.txt"
        path.write_text(f"Ferry stopped\n\n{text}\n", "utf-8")
        found.append(read_draft(path).report.text)
    return found


def nearest(folder):
    """The reports that are put beside a draft, of many that tell much the same."""
    pages = folder / "pages"
    pages.mkdir(exist_ok=True)
    for n in range(REPORTS):
        (pages / f"{n}.txt").write_text(f"Ferry {n} stopped at Ostrel\n\nFerry number {n} to Ostrel stopped. {LONG}\n", "utf-8")
    with read(str(pages), deep=False) as corpus:
        report = next(iter(corpus.store.read("report")))
        return len(beside._nearest(beside._document(report), prints_of([]), corpus.store))


def printed(_folder):
    """A finding far in a long line, with what several others print."""
    others = tuple(Words(f"report {n}", f"{n}.txt", 0, len(LONG), LONG) for n in range(5))
    remark = Remark("r", "figure conflict", "high", "Others say four.", Place(1, 300, 1, 310), others)
    return as_text([Checked("a.txt", 5, None, (remark,), (), LONG)])


DECIDES = {wrapped: "WRAPPED", nearest: "NEAREST", printed: "MOST_OTHERS WIDTH BEFORE EXCERPT"}


@pytest.mark.parametrize(("say", "name"), [(say, name) for say, names in DECIDES.items() for name in names.split()])
def test_a_number_moved_by_a_third_changes_what_is_said_of_a_draft(monkeypatch, tmp_path, say, name):
    known, value = say(tmp_path), getattr(thresholds, name)
    said = []
    for factor in (4 / 3, 2 / 3):
        monkeypatch.setattr(thresholds, name, round(value * factor))
        said.append(say(tmp_path))
    assert said != [known, known]


def test_every_number_is_moved():
    assert {n for names in DECIDES.values() for n in names.split()} == {n for n in vars(thresholds) if n.isupper()}
