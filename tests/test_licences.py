"""Everything that the lock installs has a licence that is allowed; none is GPL."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
KNOWN = tomllib.loads((ROOT / "tests" / "licences.toml").read_text("utf-8"))
LOCKED = sorted(set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)))


def licence_of(package):
    """Return the licence that a package says it has: as an expression, in its classifiers, or in a few words."""
    if package in KNOWN["packages"]:
        return KNOWN["packages"][package]
    said = metadata.metadata(package)
    classified = [c.split("::")[-1].strip() for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    return said.get("License-Expression") or " OR ".join(spelled(c) for c in classified) or spelled(said.get("License") or "")


def spelled(licence):
    return KNOWN["spellings"].get(licence, licence)


def is_allowed(expression):
    """Of licences with OR between them one must be allowed, of those with AND each."""
    choices = [choice.strip("() ") for choice in re.split(r"\bOR\b", expression)]
    return any(all(one.strip("() ") in KNOWN["allowed"] for one in re.split(r"\bAND\b", choice)) for choice in choices)


def test_every_package_of_the_lock_has_an_allowed_licence():
    assert len(LOCKED) > 100
    licences = {package: licence_of(package) for package in LOCKED if package not in KNOWN["lesser"]}
    assert {package: licence for package, licence in licences.items() if not is_allowed(licence)} == {}


def test_a_lesser_licence_is_one_and_stands_in_the_lock():
    for package in KNOWN["lesser"]:
        assert package in LOCKED
        assert "LGPL" in licence_of(package) or "Lesser" in licence_of(package)


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [("MIT", True), ("GPL-3.0-only", False), ("MPL-1.1 OR GPL-2.0-only", True), ("MIT AND GPL-2.0-only", False), ("", False)],
)
def test_an_expression_is_read_as_it_is_meant(expression, allowed):
    assert is_allowed(expression) == allowed
