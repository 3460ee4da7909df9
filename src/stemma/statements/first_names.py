"""What a first name says of who bears it: a man's or a woman's, or nothing."""

from functools import lru_cache

from stemma.statements.describing import fold, lines_of


def gender_of(first: str) -> str | None:
    """Return "male" or "female" for a first name that only men or only women bear, else None."""
    known = _genders()
    plain = fold(first)
    return known.get(plain) or known.get(plain.partition("-")[0])


@lru_cache(maxsize=1)
def _genders() -> dict[str, str]:
    rows = (line.split("\t") for line in lines_of("first_names.tsv"))
    return {name: gender for gender, names in rows for name in names.split()}
