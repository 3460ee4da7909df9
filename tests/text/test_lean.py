import subprocess
import sys

from stemma.text.lean import without

LATE = """
import sys
from stemma.mentions.parse import parse
parse("The harbour burned.", "en")
assert "spacy.cli.info" not in sys.modules
import spacy
from spacy.cli import info
assert spacy.info(silent=True) == info(silent=True)
import srsly
from spacy.training import console_logger
assert srsly.yaml_loads("a: 1") == {"a": 1}
assert callable(console_logger())
"""


def test_a_name_of_a_module_left_out_is_the_modules_own_when_it_is_called() -> None:
    sys.modules.pop("colorsys", None)
    with without("colorsys"):
        from colorsys import rgb_to_hsv
    assert "colorsys" not in sys.modules
    assert rgb_to_hsv(1.0, 1.0, 1.0) == (0.0, 0.0, 1.0)


def test_a_name_that_is_called_at_once_is_the_modules_own_too() -> None:
    sys.modules.pop("colorsys", None)
    with without("colorsys"):
        from colorsys import rgb_to_hsv

        assert rgb_to_hsv(1.0, 1.0, 1.0) == (0.0, 0.0, 1.0)
    assert sys.modules["colorsys"].rgb_to_hsv is not rgb_to_hsv


def test_of_a_class_left_out_nothing_is_an_instance_and_nothing_derives() -> None:
    sys.modules.pop("fractions", None)
    with without("fractions"):
        from fractions import Fraction
    assert not isinstance(0.5, Fraction)
    assert not issubclass(float, Fraction)
    assert Fraction(1, 2) == 0.5


def test_a_module_that_is_loaded_already_stays() -> None:
    import colorsys

    with without("colorsys"):
        assert sys.modules["colorsys"] is colorsys
    assert sys.modules["colorsys"] is colorsys


def test_spacys_commands_are_not_loaded_with_the_parser_and_can_be_later() -> None:
    subprocess.run([sys.executable, "-c", LATE], check=True)
