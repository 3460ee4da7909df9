import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.written import statements_of
from stemma.statements import annotate_statements


def speakers(language, *lines):
    """The speaker's name and the words of each quotation."""
    text = "\n".join(lines)
    statements, sources = statements_of(r=(language, text))
    name = {s.id: s.name for s in sources}
    return [(name.get(s.source), text[a:b]) for s in statements for a, b in s.quotations]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("ru", "«Мы починим мост к осени», — заявил агентству Норда мэр Остера Иван Лужин.", "Иван Лужин"),
        ("uk", "«Ми полагодимо міст восени», — сказала мерка Остера Олена Бондар.", "Олена Бондар"),
        ("fr", "« Le pont sera réparé », a affirmé à Radio Norda la maire d’Oster, Ada Dubois.", "Ada Dubois"),
        ("es", "«Repararemos el puente», afirmó la alcaldesa de Oster, Ana Robles, a Radio Norda.", "Ana Robles"),
        ("it", "«Ripareremo il ponte», ha detto il sindaco di Oster, Carlo Venti.", "Carlo Venti"),
        ("pt", "“Vamos reparar a ponte”, disse o prefeito João Lemos à Rádio Norda.", "João Lemos"),
        ("de", "„Wir reparieren die Brücke“, sagte der Bürgermeister von Oster, Karl Holm-Brandt.", "Karl Holm-Brandt"),
        ("pl", "„Naprawimy most jesienią”, powiedziała burmistrz Anna Zalewska.", "Anna Zalewska"),
        ("nl", "“Wij herstellen de brug”, zei Jan Visser.", "Jan Visser"),
        ("nl", "“Wij herstellen de brug”, zei Ruud van den Oster.", "Ruud van den Oster"),
        ("nl", "Ada de Vries zei: “Wij herstellen de brug volgend jaar.”", "Ada de Vries"),
        ("de", "Karl Meier sagte: „Wir gehen jetzt alle nach Hause.“", "Karl Meier"),
        ("fr", "Selon Ada Dubois, « le pont est perdu pour nous tous ».", "Ada Dubois"),
    ],
)
def test_the_speaker_stands_beside_the_marks(language, text, speaker):
    ((name, _),) = speakers(language, text)
    assert speaker in name


@pytest.mark.parametrize(
    ("language", "first", "then", "speaker"),
    [
        ("ru", "Об этом сообщил мэр Иван Лужин.", "«Денег нет», — добавил он.", "Иван Лужин"),
        ("fr", "Le maire d’Oster, Jean Dubois, conteste ce chiffre.", "« Nous paierons », a-t-il dit.", "Jean Dubois"),
        ("de", "„Das dauert“, sagte Anna Holm.", "„Wir haben kein Geld dafür“, fügte sie hinzu.", "Anna Holm"),
        ("es", "Lo dijo la alcaldesa Ana Robles.", "«No nos iremos de aquí», añadió ella.", "Ana Robles"),
        ("es", "«Es tarde», afirmó Ana Robles.", "«No nos iremos de aquí», dijo.", "Ana Robles"),
    ],
)
def test_a_pronoun_is_the_last_named_person(language, first, then, speaker):
    assert speakers(language, first, then)[-1][0] == speaker


def test_a_frame_between_dashes_inside_the_marks_is_not_quoted():
    found = speakers("ru", "«Мы починим мост, — заявил Иван Лужин. — Это займёт год».")
    assert found == [("Иван Лужин", "Мы починим мост"), ("Иван Лужин", "Это займёт год")]


def test_the_name_of_a_paper_or_a_firm_is_nobodys_speech():
    assert speakers("it", "Lo ha detto Carlo Venti al giornale «La Voce Nuova Della Valle Alta».") == []
    assert speakers("ru", "Компания «Северный речной торговый порт Остера» закрылась.") == []


def test_one_person_in_two_scripts_is_one_source():
    statements, sources = statements_of(
        a=("en", "Transport minister Yerlan Baimukhanov said that the road was open."),
        b=("ru", "«Дорога открыта для всех», — сказал Ерлан Баймуханов. «Это надолго», — добавил он."),
    )
    (source,) = sources
    assert source.name == "Yerlan Baimukhanov"
    assert "Ерлан Баймуханов" in source.names
    assert {s.source for s in statements if s.attributed} == {source.id}


def test_an_office_without_a_name_is_nobody_else():
    found = speakers("ru", "Приехал Иван Лужин.", "«Мост закрыт до самой осени», — сказала журналистам директор музея.")
    assert found == [(None, "Мост закрыт до самой осени")]


@pytest.mark.parametrize(
    ("language", "said", "doubt", "words"),
    [
        ("de", "„Die Brücke ist ganz zerstört“, sagte Karl Meier.", "Das ließ sich nicht unabhängig überprüfen.",
         "nicht unabhängig überprüfen"),
        ("fr", "« Le pont est détruit depuis hier », a affirmé Ada Dubois.", "Cela n’a pas pu être vérifié.",
         "pas pu être vérifié"),
        ("es", "«El puente está destruido desde ayer», afirmó Ana Robles.", "No se ha podido verificar esto.",
         "No se ha podido verificar"),
        ("ru", "«Мост разрушен, никто не пройдёт», — заявил Иван Лужин.", "Агентство не смогло проверить это.",
         "не смогло проверить"),
        ("uk", "«Міст зруйновано, ніхто не пройде», — сказала Олена Бондар.", "Агентство не змогло перевірити це.",
         "не змогло перевірити"),
    ],
)  # fmt: skip
def test_a_caveat_in_the_next_paragraph_belongs_to_the_words_before_it(language, said, doubt, words):
    (row,) = annotate_statements(f"{said}\n{doubt}", language)
    assert row["caveat"] == f"unverified: {words}"


PARTS = st.sampled_from(["«Да", "», — ", "сказал", " он", ".", " Иван", " Лужин", "— ", "\n", ": «", "»", " по словам"])


@settings(max_examples=60)
@given(st.lists(PARTS, max_size=14).map("".join))
def test_spans_lie_in_the_text(text):
    for said in annotate_statements(text, "ru"):
        assert said["content"]
        assert all(0 <= s < e <= len(text) for part in ("content", "quotations", "cue", "source") for s, e in said[part])


def test_marks_right_behind_a_verb_without_a_blank_are_quotations():
    assert [words for _, words in speakers("zh", "镇长说“大桥明天关闭”，他又说「谁也不能通过」。")] == [
        "大桥明天关闭",
        "谁也不能通过",
    ]


@pytest.mark.parametrize(
    ("language", "said", "speaker"),
    [
        ("sv", "– Vem ska betala? frågar Karin Holm.", "Karin Holm"),
        ("fr", "– Qui nous a prévenus ? demande Léa Dubois.", "Léa Dubois"),
        ("pl", "– Kto zapłaci? pyta Anna Zalewska.", "Anna Zalewska"),
    ],
)
def test_the_sign_of_a_question_closes_what_a_dash_opened(language, said, speaker):
    ((name, words),) = speakers(language, said)
    assert name == speaker
    assert words.endswith("?")
