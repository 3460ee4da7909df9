"""Who prints whom, over all stories of a store: by outlet and source and month, and how much of an outlet is its own."""

import pyarrow as pa

from stemma.engines import Store
from stemma.tables import OWN_BODY

_MONTH = "CASE WHEN length(r.published) >= 7 THEN substr(r.published, 1, 7) ELSE '' END AS month"
_ALL_MONTHS = "'' AS month"
# A report's words are those of its own telling, over which shares are counted; what it took of one source counts once.
_TOLD = f"""
told AS (
  SELECT b.report, sum(length(b.words) - length(replace(b.words, ' ', '')) + 1) AS words FROM (
    SELECT b.report, substr(r.text, b.start + 1, b."end" - b.start) AS words
    FROM block b JOIN report r ON r.id = b.report WHERE b.role IN {OWN_BODY}
  ) AS b GROUP BY b.report
),
printed AS (
  SELECT s.story, r.id AS report, coalesce(r.outlet, '') AS outlet, t.words,
    {_MONTH}
  FROM story s JOIN run ON run.story = s.story JOIN report r ON r.id = s.report JOIN told t ON t.report = r.id
  JOIN witness w ON w.story = s.story AND w.report = r.id
)
"""

_FAMILIES = f"""
WITH {_TOLD},
taken AS (
  SELECT p.month, p.outlet, o.name AS source, p.report, max(d.share) AS share, bool_or(d.credited) AS credited, p.words
  FROM printed p JOIN descendant d ON d.story = p.story AND d.report = p.report
  JOIN origin o ON o.story = d.story AND o.witness = d.origin
  WHERE p.outlet <> '' AND o.name IS NOT NULL AND o.name <> p.outlet
  GROUP BY p.month, p.outlet, o.name, p.report, p.words
),
whole AS (SELECT outlet, month, sum(words) AS words FROM printed GROUP BY outlet, month)
SELECT t.month, t.outlet, t.source, CASE WHEN a.agency IS NULL THEN 'outlet' ELSE 'agency' END AS kind,
  count(*) AS reports, count(CASE WHEN t.credited THEN 1 END) AS credited, CAST(round(sum(t.share * t.words)) AS BIGINT) AS words,
  round(sum(t.share * t.words) / any_value(w.words), 4) AS share
FROM taken t JOIN whole w ON w.outlet = t.outlet AND w.month = t.month
LEFT JOIN (SELECT DISTINCT agency FROM report WHERE agency IS NOT NULL) AS a ON a.agency = t.source
GROUP BY t.month, t.outlet, t.source, a.agency ORDER BY words DESC, month, outlet, source
"""

_OUTLETS = f"""
WITH {_TOLD},
taken AS (
  SELECT d.story, w.report, least(1.0, sum(d.share)) AS share, bool_and(d.credited) AS credited
  FROM derivation d JOIN witness w ON w.story = d.story AND w.id = d.child WHERE w.report IS NOT NULL GROUP BY d.story, w.report
)
SELECT p.outlet, count(*) AS reports, count(DISTINCT p.story) AS stories, CAST(sum(p.words) AS BIGINT) AS words,
  round(1 - sum(coalesce(t.share, 0) * p.words) / sum(p.words), 4) AS own,
  count(t.share) AS taken, count(CASE WHEN NOT t.credited THEN 1 END) AS uncredited
FROM printed p LEFT JOIN taken t ON t.story = p.story AND t.report = p.report
WHERE p.outlet <> '' GROUP BY p.outlet ORDER BY reports DESC, outlet
"""


def left_out(store: Store) -> str:
    """Return how many stories have no account, and so do not count; nothing where all have one."""
    count = "SELECT count(DISTINCT s.story) AS held, count(DISTINCT r.story) AS told FROM story s LEFT JOIN run r USING (story)"
    (row,) = store.sql(count).to_pylist()
    left = row["held"] - row["told"]
    are = "1 story of the store is" if left == 1 else f"{left:,} stories of the store are"
    return f"{are} not worked out, and only those that are count here" if left else ""


def nameless(store: Store) -> str:
    """Return how many reports have no outlet, and so do not count; nothing where all have one."""
    count = (
        "SELECT count(DISTINCT r.id) AS number FROM report r JOIN story s ON s.report = r.id WHERE coalesce(r.outlet, '') = ''"
    )
    number = store.sql(count).to_pylist()[0]["number"]
    has, does = ("1 report has", "does") if number == 1 else (f"{number:,} reports have", "do")
    return f"{has} no outlet and {does} not count here" if number else ""


def families(store: Store, by_month: bool = False) -> pa.Table:
    """Return who printed whose words, a row for each outlet and named source, and with `by_month` each month.

    `month` (YYYY-MM, empty when not known or not asked for), `outlet`, `source`, `kind` (agency: some report of the store names
    it as its agency; else outlet), how many `reports`, how many of them `credited` it, how many `words` of theirs come from it,
    and the `share` (0–1) of all words that the outlet printed. Only stories with an account count.
    """
    text = _FAMILIES if by_month else _FAMILIES.replace(_MONTH, _ALL_MONTHS)
    return store.sql(text)


def outlets(store: Store) -> pa.Table:
    """Return how much of what each outlet printed is its own.

    `outlet`, `reports`, `stories`, `words`, the share `own` (0–1) of them that came from no other report and no lost source, how
    many reports took words (`taken`), and how many of those name not all whom they took them from (`uncredited`).
    """
    return store.sql(_OUTLETS)
