"""The views of a store, for whoever asks it with SQL."""

VIEWS = {
    "v_claims": (
        "Each claim with the words of each report that carries it.",
        """
SELECT c.story, c.id AS claim, c.rank, c.summary, c.relation, r.id AS report, r.outlet, r.published, r.url,
  substr(r.text, m.start + 1, m."end" - m.start) AS words, c.verified_by
FROM claim c JOIN member m ON m.story = c.story AND m.claim = c.id JOIN report r ON r.id = m.report
""",
    ),
    "v_copies": (
        "Each report that took words, with whom it took them from: a report, or a lost source (`from_report` null).",
        """
SELECT d.story, r.id AS report, r.outlet, r.published, r.url, coalesce(q.outlet, p.name) AS source, q.id AS from_report,
  d.kind, d.share, d.credited, d.probability, d.reason
FROM derivation d JOIN witness w ON w.story = d.story AND w.id = d.child JOIN report r ON r.id = w.report
JOIN witness p ON p.story = d.story AND p.id = d.parent LEFT JOIN report q ON q.id = p.report
""",
    ),
}
"""What people who look into a store themselves ask of it: by its name the meaning of a view, and its query."""
