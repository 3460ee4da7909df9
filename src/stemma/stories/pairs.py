"""Pairs of documents that may tell one story: one SQL text that DuckDB and Spark both run."""

from string import Template

# A term's rarity is taken as if this many more documents had been seen and one of them held it: in a folder
# of six pages, most of them of one event, the pages alone cannot say which words are common. Each page seen says it better.
_IMAGINED = 100
_IMAGINED_AT_FIRST = 300
_KNOWN_BY_EACH = 3
# Only a document's heaviest terms propose pairs, and only those that few documents have.
_PROPOSERS = 40
_MOST_DOCUMENTS = 500
_LEAST_SIMILARITY = 0.05

PAIRS_SQL = Template(
    """
WITH collection AS (SELECT count(DISTINCT id) AS documents FROM terms),
frequency AS (SELECT term, across, count(*) AS documents FROM terms GROUP BY term, across),
weighed AS (
  SELECT t.id, t.language, t.term, t.across, t.named, f.documents,
    CAST(round(-1000 * t.weight * ln(
      CAST(f.documents + 1 AS DOUBLE) / CAST(c.documents + greatest($imagined, $first - $each * c.documents) AS DOUBLE)
    )) AS BIGINT) AS weight
  FROM terms t JOIN frequency f ON t.term = f.term AND t.across = f.across CROSS JOIN collection c
),
length AS (
  SELECT id, across, sqrt(CAST(sum(weight * weight) AS DOUBLE)) AS length,
    sqrt(CAST(sum(CASE WHEN named THEN weight * weight ELSE 0 END) AS DOUBLE)) AS names,
    sqrt(CAST(sum(CASE WHEN named THEN 0 ELSE weight * weight END) AS DOUBLE)) AS words
  FROM weighed GROUP BY id, across
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY id, across ORDER BY weight DESC, term) AS place FROM weighed
),
proposer AS (SELECT * FROM ranked WHERE place <= $proposers AND documents BETWEEN 2 AND $most),
candidate AS (
  SELECT DISTINCT p.id AS a, q.id AS b, p.across FROM proposer p
  JOIN proposer q ON p.term = q.term AND p.across = q.across AND p.id < q.id
  WHERE NOT p.across OR p.language <> q.language
),
shared AS (
  SELECT c.a, c.b, c.across, CAST(sum(p.weight * q.weight) AS DOUBLE) AS product, count(*) AS terms,
    CAST(sum(CASE WHEN p.named AND q.named THEN p.weight * q.weight ELSE 0 END) AS DOUBLE) AS names,
    CAST(sum(CASE WHEN p.named OR q.named THEN 0 ELSE p.weight * q.weight END) AS DOUBLE) AS words
  FROM candidate c JOIN weighed p ON p.id = c.a AND p.across = c.across
  JOIN weighed q ON q.id = c.b AND q.across = c.across AND q.term = p.term
  GROUP BY c.a, c.b, c.across
),
scored AS (
  SELECT s.a, s.b, s.across, s.terms, s.product / (m.length * n.length) AS similarity,
    coalesce(s.names / nullif(m.names * n.names, 0), 0) AS names,
    coalesce(s.words / nullif(m.words * n.words, 0), 0) AS words
  FROM shared s JOIN length m ON m.id = s.a AND m.across = s.across
  JOIN length n ON n.id = s.b AND n.across = s.across
)
SELECT a, b, across, terms, similarity, names, words FROM scored WHERE similarity >= $least ORDER BY a, b, across
"""
).substitute(
    imagined=_IMAGINED,
    first=_IMAGINED_AT_FIRST,
    each=_KNOWN_BY_EACH,
    proposers=_PROPOSERS,
    most=_MOST_DOCUMENTS,
    least=_LEAST_SIMILARITY,
)
"""Reads a table `terms`; returns a, b (a < b), across, terms (how many are shared), similarity (cosine, 0–1), names and words
(the cosine of names and numbers alone, and of all other words).

Weights are whole numbers, so that their sums do not depend on the order in which an engine adds them.
"""
