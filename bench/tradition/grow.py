"""Grow a tradition: origins, copies of copies, some sources hidden, all of it known."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tradition.additions import splice, with_own, with_remark
from tradition.articles import Article, Shelf, draw
from tradition.operators import OPERATORS, SHORTEST, WEIGHTS, Operator
from tradition.rewording import compress_sentence, reword_sentence
from tradition.sentences import Paragraphs, flat, split_paragraphs, words
from tradition.words import table

SIZES = ((3, 5), (6, 12), (13, 30))
DEEPEST = 4
LOST_ROOT, LOST_INSIDE, SINGLE_CHILD = 0.5, 0.07, 0.15
SPLICED, PART_OWN, OWN_REMARK = 0.1, 0.1, 0.2
SPARE = 6
OWN_WORDS = 50
MIXED = ("part_own", "splice")
OWN_LOW, OWN_HIGH = 0.25, 0.45
"""Own shares between these are not generated: whether such a page is an origin would be a matter of taste."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the true stemma; `chief` and `second` are the nodes that it took words from, `minute` its true time."""

    key: str
    chief: str | None
    second: str | None
    operator: str
    paragraphs: Paragraphs
    title: str | None
    name: str
    printed: bool
    depth: int
    minute: int
    own: float
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stock:
    """What a tradition uses up: names, articles for own parts, templates of remarks; nothing is used twice."""

    outlets: list[str]
    agencies: list[str]
    spare: list[Article]
    remarks: list[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a tradition is to be, and what is done in it."""

    reports: int
    origins: int
    operators: Mapping[str, Operator]
    weights: Mapping[str, float]


def plan(rng: random.Random, others: Mapping[str, Operator]) -> Plan:
    """Return a plan drawn at random; other people's operators, when there are any, do half of the copying."""
    reports = rng.randint(*rng.choice(SIZES))
    origins = min(rng.choices((1, 2, 3, 4, 5), weights=(5, 4, 3, 2, 1))[0], max(1, reports // 2))
    theirs = {name: sum(WEIGHTS.values()) / len(others) for name in others}
    return Plan(reports, origins, {**OPERATORS, **others}, {**WEIGHTS, **theirs})


def grow(shelf: Shelf, planned: Plan, rng: random.Random) -> dict[str, Node]:
    """Return the nodes of one tradition by key, sources before their copies."""
    articles, stock = _stock(shelf, planned.origins, rng)
    nodes: dict[str, Node] = {}
    quota: dict[str, int] = {}
    for article in articles:
        lost = rng.random() < LOST_ROOT and planned.reports >= 3 * planned.origins - 1
        root = _root(article, stock.agencies.pop() if lost else stock.outlets.pop(), not lost, rng)
        nodes[root.key] = root
        quota[root.key] = (1 if rng.random() < SINGLE_CHILD else rng.randint(2, 3)) if lost else 0
    misses = 0
    while _printed(nodes) < planned.reports or any(_owed(nodes, quota)):
        parent = _choose_parent(nodes, quota, rng)
        child = _child(nodes, parent, planned, stock, rng)
        misses += child is None
        if child:
            nodes[child.key] = child
            if not child.printed:
                quota[child.key] = 2
        if misses > 300:
            break
    return nodes


def _stock(shelf: Shelf, origins: int, rng: random.Random) -> tuple[list[Article], Stock]:
    """The articles of the roots, and the rest; the third report of an event, when there is one, is kept for an own part."""
    drawn = draw(shelf, rng, origins + SPARE)
    told = drawn[: origins + 1]
    rng.shuffle(told)
    spare = [*reversed(drawn[origins + 1 :]), *told[origins:]]
    remarks = [row[0] for row in table("own_sentences")]
    rng.shuffle(remarks)
    return told[:origins], Stock(_names("outlet", rng), _names("agency", rng), spare, remarks)


def _names(kind: str, rng: random.Random) -> list[str]:
    names = [name for k, name in table("invented_outlets") if k == kind]
    return rng.sample(names, k=len(names))


def _printed(nodes: Mapping[str, Node]) -> int:
    return sum(n.printed for n in nodes.values())


def _owed(nodes: Mapping[str, Node], quota: Mapping[str, int]) -> list[str]:
    """Lost sources that have fewer children than they are to have."""
    return [k for k, q in quota.items() if sum(n.chief == k for n in nodes.values()) < q]


def _root(article: Article, name: str, printed: bool, rng: random.Random) -> Node:
    key = _key(rng)
    paragraphs = split_paragraphs(article.paragraphs, key)
    return Node(
        key, None, None, "origin", paragraphs, article.title, name, printed, 0, rng.randint(0, 600), 1.0, _texts(paragraphs)
    )


def _key(rng: random.Random) -> str:
    return f"r{rng.getrandbits(32):08x}"


def _texts(paragraphs: Paragraphs) -> dict[str, str]:
    """The words in which a node renders each sentence of a first writer."""
    found: dict[str, str] = {}
    for s in flat(paragraphs):
        for key in s.keys:
            found[key] = f"{found[key]} {s.text}" if key in found else s.text
    return found


def _choose_parent(nodes: Mapping[str, Node], quota: Mapping[str, int], rng: random.Random) -> Node:
    if owed := _owed(nodes, quota):
        return nodes[owed[0]]
    single = {k for k, q in quota.items() if q == 1}
    open_ = [n for n in nodes.values() if n.depth < DEEPEST and n.key not in single and words(n.paragraphs) >= 90]
    return rng.choices(open_, weights=[3.0 if n.depth == 0 else 1.0 for n in open_])[0]


def _child(nodes: Mapping[str, Node], parent: Node, planned: Plan, stock: Stock, rng: random.Random) -> Node | None:
    """A copy of the parent by one operator, perhaps with a second source or own words; None when it came out unfit."""
    key, second, way = _key(rng), None, rng.random()
    operator = rng.choices(list(planned.weights), weights=list(planned.weights.values()))[0]
    paragraphs = planned.operators[operator](parent.paragraphs, rng)
    others = [n for n in nodes.values() if n.printed and not _related(n, parent)]
    if way < SPLICED and others:
        second = rng.choice(others)
        paragraphs, operator = splice(paragraphs, second.paragraphs, rng), "splice"
    elif way < SPLICED + PART_OWN and stock.spare and parent.printed:
        paragraphs, operator = with_own(paragraphs, stock.spare[-1], key, rng), "part_own"
    elif rng.random() < OWN_REMARK and len(stock.remarks) > 1:
        paragraphs = with_remark(paragraphs, stock.remarks, key, rng)
    own = 1 - _share(paragraphs, parent) - (_share(paragraphs, second) if second else 0.0)
    if not _is_fit(paragraphs, parent, second, own, operator):
        return None
    if operator == "part_own":
        stock.spare.pop()
    may_be_lost = planned.reports > 5 and parent.depth < DEEPEST - 1 and operator not in MIXED
    return Node(
        key=key,
        chief=parent.key,
        second=second.key if second else None,
        operator=operator,
        paragraphs=paragraphs,
        title=rng.choices((parent.title, _retold(parent.title, rng), None), weights=(6, 2, 2))[0],
        name=stock.outlets.pop(),
        printed=not (may_be_lost and rng.random() < LOST_INSIDE),
        depth=parent.depth + 1,
        minute=max(parent.minute, second.minute if second else 0) + int(10 + rng.expovariate(1 / 400)),
        own=own,
        text=_texts(paragraphs),
    )


def _is_fit(paragraphs: Paragraphs, parent: Node, second: Node | None, own: float, operator: str) -> bool:
    """Whether the copy is long enough, its chief source is plainly the chief one, and its own share no matter of taste."""
    chief, other, size = _share(paragraphs, parent), _share(paragraphs, second) if second else 0.0, words(paragraphs)
    if size < (2 * SHORTEST if operator in MIXED else SHORTEST) or chief < max(0.3, other + 0.1) or OWN_LOW < own < OWN_HIGH:
        return False
    return own >= OWN_HIGH and own * size >= OWN_WORDS if operator == "part_own" else own <= OWN_LOW


def _retold(title: str | None, rng: random.Random) -> str | None:
    return title and compress_sentence(reword_sentence(title, rng), rng)


def _related(a: Node, b: Node) -> bool:
    """Whether two nodes hold words of the same first writer."""
    owners = [{k.partition(":")[0] for k in n.text} for n in (a, b)]
    return bool(owners[0] & owners[1])


def _share(paragraphs: Paragraphs, source: Node) -> float:
    """The share of the words that renders sentences of the source."""
    return sum(s.words for s in flat(paragraphs) if any(k in source.text for k in s.keys)) / max(1, words(paragraphs))


def sources(nodes: Mapping[str, Node], key: str) -> Sequence[str]:
    """Return the line of chief sources of a node, nearest first."""
    line, at = [], nodes[key].chief
    while at is not None:
        line.append(at)
        at = nodes[at].chief
    return line
