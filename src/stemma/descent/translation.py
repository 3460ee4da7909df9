"""Reports in two languages that tell the same, paragraph by paragraph: found by names, figures and words of one root.

Names and figures found the source of a translation nearly always between European languages (RECIPES). A translation keeps the
order of its source and leaves little out, where two reporters who share names and figures do not.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from stemma.descent import thresholds
from stemma.descent.compare import Comparison, Passage
from stemma.descent.words import Words
from stemma.text.normal import fold, latin

_TOKEN = re.compile(r"\d[\d\s .,]*\d|\d|[^\W\d_]+(?:['’][^\W\d_]+)?")

Anchors = Mapping[str, float]


def compare_languages(a: Words, b: Words) -> Comparison | None:
    """Return what two texts in different languages share, or None when less than three paragraphs answer one another in order."""
    spans_a, spans_b = _paragraphs(a), _paragraphs(b)
    bags_a, bags_b = [_anchors(a, s) for s in spans_a], [_anchors(b, s) for s in spans_b]
    weights = _rarity([*bags_a, *bags_b])
    matched = _in_order([[_alike(x, y, weights) for y in bags_b] for x in bags_a])
    if len(matched) < thresholds.PARAGRAPHS_IN_ORDER:
        return None
    shares = _covered([spans_a[i] for i, _, _ in matched], a), _covered([spans_b[j] for _, j, _ in matched], b)
    copied = _copied(len(matched), max(shares), min(shares), [s for _, _, s in matched])
    reason = f"{len(matched)} paragraphs answer one another in order, by names, figures and words of one root"
    if copied < thresholds.COPIED:
        return Comparison((), None, 0.0, 0.0, 0.0, 0.0, round(copied, 3), reason)
    passages = tuple(
        Passage(spans_a[i], spans_b[j], "translation", round(score, 3), quoted=False)
        for i, j, score in _with_gaps_filled(matched)
    )
    related = _covered([p.a for p in passages], a), _covered([p.b for p in passages], b)
    return Comparison(passages, "translation", 0.0, 0.0, *related, round(copied, 3), reason)


def _copied(count: int, most: float, least: float, scores: Sequence[float]) -> float:
    mean = sum(scores) / len(scores)
    weight = (
        thresholds.TRANSLATED_BIAS
        + thresholds.TRANSLATED_MOST * most
        + thresholds.TRANSLATED_LEAST * least
        + thresholds.TRANSLATED_ALIKE * min(mean, thresholds.TRANSLATED_ALIKE_MOST)
        + thresholds.TRANSLATED_COUNT * count
    )
    return 1 / (1 + math.exp(-weight))


def _paragraphs(words: Words) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for n, number in enumerate(words.paragraph):
        if spans and words.paragraph[n - 1] == number:
            spans[-1] = (spans[-1][0], n + 1)
        else:
            spans.append((n, n + 1))
    return spans


def _anchors(words: Words, span: tuple[int, int]) -> dict[str, float]:
    """What survives a translation: names in Latin letters, figures, and the roots of long words."""
    start, end = words.span(*span)
    bag: dict[str, float] = {}
    for match in _TOKEN.finditer(words.text[start:end]):
        token = match.group()
        plain = fold(latin(token)).replace("'", "")
        if token[0].isdigit():
            key, weight = re.sub(r"\D", "", token), thresholds.ANCHOR_FIGURE
        elif not plain.isascii() or len(plain) < (
            thresholds.NAME_LETTERS - 1 if token[0].isupper() else thresholds.ROOT_LETTERS + 1
        ):
            continue
        else:
            key, weight = (
                (plain[: thresholds.NAME_LETTERS], thresholds.ANCHOR_NAME)
                if token[0].isupper()
                else (plain[: thresholds.ROOT_LETTERS], thresholds.ANCHOR_ROOT)
            )
        bag[key] = max(bag.get(key, 0.0), weight)
    return bag


def _rarity(bags: Sequence[Anchors]) -> dict[str, float]:
    seen = Counter(key for bag in bags for key in bag)
    return {key: math.log(1 + len(bags) / count) for key, count in seen.items()}


def _alike(x: Anchors, y: Anchors, weights: Mapping[str, float]) -> float:
    shared = sum(weights[k] * min(w, y[k]) for k, w in x.items() if k in y)
    total = sum(weights[k] * w for k, w in x.items()) + sum(weights[k] * w for k, w in y.items())
    return 2 * shared / total if total else 0.0


def _in_order(scores: Sequence[Sequence[float]]) -> list[tuple[int, int, float]]:
    """The best pairing that keeps the order of both texts (dynamic programming, as in Gale & Church 1993)."""
    if not scores or not scores[0]:
        return []
    rows, columns = len(scores), len(scores[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows):
        for j in range(columns):
            here = best[i][j] + scores[i][j] if scores[i][j] >= thresholds.PARAGRAPH_ALIKE else 0.0
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], here)
    pairs, i, j = [], rows, columns
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j, scores[i][j]))
    return pairs[::-1]


def _with_gaps_filled(matched: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Between two matched paragraphs, as many left over on one side as on the other answer one another too."""
    filled: list[tuple[int, int, float]] = []
    for i, j, score in matched:
        if filled:
            last_i, last_j, last = filled[-1]
            if 1 < i - last_i == j - last_j <= thresholds.PARAGRAPHS_FILLED + 1:
                filled += [(last_i + k, last_j + k, min(last, score, thresholds.PARAGRAPH_ALIKE)) for k in range(1, i - last_i)]
        filled.append((i, j, score))
    return filled


def _covered(spans: Sequence[tuple[int, int]], words: Words) -> float:
    return round(sum(past - first for first, past in spans) / max(1, len(words.folded)), 4)
