"""Which readings a node has of its source, and what they and the dates prove: who could stand for whom."""

from collections import Counter
from collections.abc import Mapping

from tradition.grow import Node, sources
from tradition.pages import Printed
from tradition.sentences import fold

ABSENT, CHANGED = 40, 8
"""Words, of whole sentences that are not there and inside sentences, that a branch must lack to be no source of another."""
SLIGHT = 2
"""Words; what lacks no more than this serves as well as the true source."""


def lacking(holder: Node, heir: Node, source: Node) -> tuple[int, int]:
    """Return how many words the holder lacks of what the heir has from the source: absent, and changed inside sentences."""
    absent = changed = 0
    for key in heir.text.keys() & source.text.keys():
        held = holder.text.get(key)
        if held is None:
            absent += len(heir.text[key].split())
        else:
            changed += min(difference(held, source.text[key]), difference(held, heir.text[key]))
    return absent, changed


def difference(one: str, other: str) -> int:
    """Return how many words of the longer are not in the shorter or the other way, whichever is more."""
    a, b = Counter(fold(one).split()), Counter(fold(other).split())
    return max((a - b).total(), (b - a).total())


def stand_ins(key: str, branches: list[str], nodes: Mapping[str, Node]) -> set[str]:
    """Return the branches that could be the source of all the others, and the printed source that could be theirs."""
    found = set()
    for holder in branches:
        lacks = [lacking(nodes[holder], nodes[b], nodes[key]) for b in branches if b != holder]
        if all(absent < ABSENT and (changed < CHANGED or len(branches) < 3) for absent, changed in lacks):
            found.add(holder)
    outer = next((s for s in sources(nodes, key) if nodes[s].printed), None)
    if outer:
        lacks = [lacking(nodes[outer], nodes[b], nodes[key]) for b in branches]
        if all(absent < ABSENT and changed < CHANGED for absent, changed in lacks):
            found.add(outer)
    return found


def serves(holder: str, heir: str, source: Node, nodes: Mapping[str, Node], pages: Mapping[str, Printed]) -> bool:
    if heir in sources(nodes, holder) or surely_before(pages[heir], pages[holder], honest=False):
        return False
    return sum(lacking(nodes[holder], nodes[heir], source)) <= SLIGHT


def surely_before(one: Printed, other: Printed, honest: bool = True) -> bool:
    """Whether the dates say that one is earlier (and, when honest dates are asked for, do not lie)."""
    a, b = one.published, other.published
    if not a or not b or (honest and (one.lies or other.lies)):
        return False
    size = min(len(a), len(b))
    return a[:size] < b[:size]


def exchangeable(one: str, other: str, nodes: Mapping[str, Node], pages: Mapping[str, Printed]) -> bool:
    """Whether one is the other's source, or both come from one, and the copy holds every word of the source."""
    line = sources(nodes, one), sources(nodes, other)
    source, copy = (one, other) if one in line[1] else (other, one)
    if source not in sources(nodes, copy) and line[0][:1] != line[1][:1]:
        return False
    if surely_before(pages[one], pages[other]) or surely_before(pages[other], pages[one]) or pages[copy].credited == source:
        return False
    absent, changed = lacking(nodes[copy], nodes[source], nodes[source])
    if source in sources(nodes, copy):
        return absent + changed <= SLIGHT
    return absent + changed <= SLIGHT and nodes[one].chief is not None and len(nodes[copy].text) == len(nodes[source].text)


def evidence(key: str, parent: str, nodes: Mapping[str, Node], pages: Mapping[str, Printed]) -> str:
    """Return the best evidence that a page gives of which of the two is the source.

    credit: it names it. date: both are dated, truthfully and differently. lost: readings of branches prove the lost one.
    others: a third page, no copy of this one, has the source's words where this one changed some. loss: this
    one is the shorter and has nothing of its own. lie: its date says the opposite. wording: nothing but the wording.
    """
    page = pages[key]
    if page.credited == parent:
        return "credit"
    if parent not in pages:
        return "lost"
    if surely_before(pages[parent], page):
        return "date"
    if any(_changed(nodes[key], nodes[s], nodes[parent]) > SLIGHT for s in pages if _is_third(s, key, parent, nodes)):
        return "others"
    if surely_before(page, pages[parent], honest=False):
        return "lie"
    absent, _ = lacking(nodes[key], nodes[parent], nodes[parent])
    return "loss" if absent >= ABSENT and page.node.own < 0.02 and page.node.second is None else "wording"


def _is_third(third: str, key: str, parent: str, nodes: Mapping[str, Node]) -> bool:
    return third not in (key, parent) and key not in sources(nodes, third)


def _changed(copy: Node, third: Node, source: Node) -> int:
    """How many words the copy has changed in sentences that the third page has as they were."""
    kept = [k for k in source.text.keys() & copy.text.keys() & third.text.keys() if not difference(source.text[k], third.text[k])]
    return sum(difference(copy.text[k], source.text[k]) for k in kept)
