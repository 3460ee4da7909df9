"""Every kind of finding is listed once, documented, shown by a story and told by one module."""

import re
from pathlib import Path

import pytest

from stemma.findings.kinds import KINDS
from stemma.tables import SEVERITIES

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "findings.md").read_text("utf-8")
MODULES = {p.name: p.read_text("utf-8") for p in (ROOT / "src" / "stemma" / "findings").glob("*.py")}
TESTS = "".join(p.read_text("utf-8") for p in Path(__file__).parent.glob("test_*.py"))


def test_the_table_of_the_docs_is_the_list_of_kinds():
    rows = re.findall(r"^\| \[([a-z ]+)\]\(#([a-z-]+)\) \| ([a-z, ]+) \| (.+) \|$", DOCS, re.MULTILINE)
    assert rows == [(k.name, k.rule, ", ".join(k.severities), k.meaning) for k in KINDS.values()]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.rule)
def test_a_kind_has_a_section_in_the_docs_a_severity_and_a_sentence(kind):
    assert f"\n## {kind.name}\n" in DOCS
    assert kind.severities
    assert set(kind.severities) <= set(SEVERITIES)
    assert kind.meaning.endswith(".")


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.rule)
def test_a_kind_is_made_in_one_module(kind):
    constant = kind.name.upper().replace(" ", "_")
    assert len([name for name, code in MODULES.items() if f"finding({constant}," in code.replace("\n", "")]) == 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda k: k.rule)
def test_a_kind_is_shown_by_a_story_and_silenced_in_another(kind):
    assert re.search(rf'of_kind\([^\n]*"{kind.name}"\)|one_change_silences\(\s*"{kind.name}"', TESTS)
    assert re.search(rf'one_change_silences\(\s*"{kind.name}"|"{kind.name}" not in kinds', TESTS)
