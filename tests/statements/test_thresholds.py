"""Each number that decides in this room is moved by about a third, and what the room says changes with it."""

import pytest

from statements.written import statements_of
from stemma.statements import thresholds
from stemma.statements.designation import is_role
from stemma.statements.people import same_surname
from stemma.statements.unparsed import frames

RAIN = "It rained for many days. " * 50
LATE = "«Мы починим мост к осени», — поздно вечером в субботу снова заявил мэр Остера Иван Лужин."
LONG = "«Мы починим мост», — заявил поздно вечером в субботу на встрече с жителями города мэр Иван Лужин."
EVENING = "«Мы починим мост к осени, — вчера очень поздно заявил мэр Остера Иван Лужин, — и снова откроем дорогу»."
SEASONS = (
    "Ivo Holm said that it snowed. Jan Vost said that it thawed. Mira Tal said that it hailed. Petra Lind said that it froze."
)
HIS = "Mayor Chrissy Vost lost his hat. Chrissy Vost lost his coat. Chrissy Vost lost his bag."
MOVED = [
    ("LONG_QUOTATION", 7, ["The dam broke and the mill was lost. “It fell again in the night”. The town slept."]),
    ("COLON_FRAME", 8, ["On the old stone bridge near Oster, Ada Brook: “We are lost here today.”"]),
    ("QUOTED_ALONE", 0.9, ["Ada Brook said: “We are lost here today.”\n“It is all gone”."]),
    ("AUXILIARY_NEAR", 2, ["Ada Brook has not always said that it fell."]),
    ("TITLE_LETTERS", 3, ["Ada Brook said that it fell.\n“Mills and Harbours are for Bakers”"]),
    ("UNPARSED_TIGHT", 3, [("ru", EVENING)]),
    ("DOER_LETTERS", 8, ["The farmer said that it fell. She said that it held."]),
    ("SIGNATURE", 6, ["“I went to the harbour before the storm.”\n— Ada Brook, in a letter to the port of Oster"]),
    ("TRANSCRIPT_TURNS", 3, ["BROOK: The bridge is gone.\nHOLM: Are you certain of that?"]),
    ("UNPARSED_CUE_AFTER_MARKS", 5, [("ru", LATE)]),
    ("UNPARSED_SUBJECT", 9, [("ru", LONG)]),
    ("UNPARSED_PRONOUN", 1, [("fr", "Le maire, Jean Dubois, conteste.\nIl pleut.\n« Nous paierons », a-t-il dit.")]),
    ("PRONOUN_SENTENCES", 5, [f"Ada Brook said that it rained. {'It snowed. ' * 6}She said that it fell."]),
    ("PRONOUN_PARAGRAPHS", 3, ["Ada Brook said that it rained.\nIt snowed.\nIt thawed.\nShe said that it fell."]),
    ("PRONOUNS_OF_ONE", 1.0, [f"{HIS} Chrissy Vost met her aunt.\nChrissy Vost saw Ada Brook. She said that it fell."]),
    ("NAMESAKE", 1000, [f"Anna Holm came to the town.\n{RAIN}\nPeter Holm came to the town.\nHolm said that it fell."]),
    ("MOST_CALLED", 0.9, [f"Anna Holm and Peter Holm came. {'Ms Holm sat down. ' * 4}Holm said that it fell."]),
    ("JUST_NAMED", 400, [f"His brother, Ivo Holm, and his brother, Jan Holm, ate. {RAIN[:480]}The brother said that it fell."]),
    ("STATEMENT_BACK", 4, [f"Ada Brook said in a statement that it rained. {SEASONS} The statement said that it fell."]),
    (
        "NAMELESS_BACK",
        133,
        [f"A spokesman said that it rained.\n{'Ada Brook said that it snowed. ' * 150}\nThe spokesman said that it fell."],
    ),
    ("COPIED_SENTENCE", 8, ["The aide said that it fell.\nIt held, the aide said.", "The aide said that it fell."]),
    ("QUOTED_RUN", 8, ["“The pier will not be sold,” Ada Brook said.", "“The pier will not be sold,” the docker said."]),
    ("QUOTED_LEAST", 3, ["“The pier will not be sold,” Ada Brook said.", "It was said that the pier will not “be sold”."]),
    (
        "QUOTED_ALIKE",
        0.67,
        [
            "“The old pier will not be sold to anybody,” Ada Brook said.",
            "“The old pier will not be sold by now,” the docker said.",
        ],
    ),
    ("CALLED_IT", 3, ["Ada Brook said that it held. Velkor lost its ship. Velkor sold its pier. She said that it fell."]),
    ("SPELLED_SURNAME", 95, ["General Bohdan Verenskyi said that it held.", "General Bohdan Veremskyi said that it fell."]),
    ("SPELLED_FIRST_NAME", 90, ["Mayor Bohdan Verenskyi said that it held.", "Mayor Bogdan Verenskyi said that it fell."]),
    ("SURNAME_LETTERS", 8, ["General Bohdan Kravets said that it held.", "General Bohdan Kravecs said that it fell."]),
    ("ROOT_LETTERS", 7, ["Norland said that the mill exploded.\nThe explosion could not be verified."]),
    ("LEAST_OWN", 0.67, ["The mill stood in the rain, and the mayor of Oster said that the dam was safe now."]),
    (
        "CAVEAT_PARAGRAPHS",
        3,
        ["Norland said that it killed 300 men.\nRain.\nSnow.\nFog.\nThat figure could not be verified."],
    ),
    (
        "ONE_INSTITUTION",
        1,
        [
            "Oster Zoo and Norsk Zoo keep bears. Oster Zoo sold three bears. Oster Zoo is shut. The zoo said it “was shut”. "
            "Oster Zoo said it “was sold”."
        ],
    ),
]


@pytest.mark.parametrize(("name", "moved", "texts"), MOVED)
def test_a_number_that_decides_is_seen_in_the_statements(monkeypatch, name, moved, texts):
    before = told(texts)
    monkeypatch.setattr(thresholds, name, moved)
    assert told(texts) != before


def told(texts):
    """The statements of some reports, each with its source's names."""
    same_surname.cache_clear()
    frames.cache_clear()
    is_role.cache_clear()
    statements, sources = statements_of(**{f"r{n}": text for n, text in enumerate(texts)})
    names = {s.id: s.names for s in sources}
    return [(s.content, s.attributed, s.cue_span, names.get(s.source), s.caveat) for s in statements]


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    yield
    same_surname.cache_clear()
    frames.cache_clear()
    is_role.cache_clear()


def test_every_number_is_moved():
    names = {name for name in vars(thresholds) if name.isupper()}
    assert names == {name for name, _, _ in MOVED}
