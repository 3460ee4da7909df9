"""Reports in two languages: a translation is told from a second report by names, figures, roots and their order."""

import pytest

from descent.tellings import words_of
from stemma.descent.translation import compare_languages

ENGLISH = (
    "A fire destroyed the main hall of the Verkholsk timber works on Tuesday night, and 37 workers were led out"
    " through the smoke, director Arkady Belsky said.",
    "The fire broke out at 23:40 in the drying section and spread over 1,200 square metres within an hour.",
    "Eighteen fire engines came from Verkholsk, Tarninsk and the neighbouring district of Oremsk.",
    "Doctor Lidia Marenko of the central clinic said that 6 people had been brought in, 2 of them with burns.",
    "Belsky put the damage at 45 million and promised that production would start again in September.",
    "In 2019 a short circuit had already stopped the works, which the concern Sevlesprom owns, for 12 days.",
)
TRANSLATED = {
    "ru": (
        "Пожар уничтожил главный цех деревообрабатывающего комбината Верхольска в ночь на среду, 37 рабочих вывели"
        " через дым, сообщил директор Аркадий Бельский.",
        "Возгорание началось в 23:40 в сушильной секции и за час охватило 1200 квадратных метров.",
        "Восемнадцать машин прибыли из Верхольска, Тарнинска и соседнего района Оремск.",
        "Доктор Лидия Маренко из центральной клиники сказала, что доставлены 6 человек, 2 из них с ожогами.",
        "Бельский оценил ущерб в 45 миллионов и обещал, что производство возобновится в сентябре.",
        "В 2019 году короткое замыкание уже остановило комбинат концерна Севлеспром на 12 дней.",
    ),
    "fr": (
        "Un incendie a détruit mardi soir la grande halle de la scierie de Verkholsk, et 37 ouvriers ont été évacués"
        " à travers la fumée, a déclaré le directeur Arkady Belsky.",
        "Le feu a pris à 23:40 dans la section de séchage et a gagné 1.200 mètres carrés en une heure.",
        "Dix-huit véhicules sont venus de Verkholsk, de Tarninsk et du district voisin d'Oremsk.",
        "La docteure Lidia Marenko, de la clinique centrale, a indiqué que 6 personnes avaient été admises, dont 2 brûlées.",
        "Belsky a évalué les dégâts à 45 millions et promis que la production reprendrait en septembre.",
        "En 2019, un court-circuit avait déjà arrêté l'usine du groupe Sevlesprom pendant 12 jours.",
    ),
    "es": (
        "Un incendio destruyó el martes por la noche la nave principal del aserradero de Verkholsk y 37 obreros"
        " salieron entre el humo, dijo el director Arkady Belsky.",
        "El fuego empezó a las 23:40 en la sección de secado y alcanzó 1.200 metros cuadrados en una hora.",
        "Dieciocho camiones llegaron de Verkholsk, Tarninsk y el distrito vecino de Oremsk.",
        "La doctora Lidia Marenko, de la clínica central, dijo que ingresaron 6 personas, 2 con quemaduras.",
        "Belsky cifró los daños en 45 millones y prometió que la producción volverá en septiembre.",
        "En 2019 un cortocircuito ya había parado la fábrica del consorcio Sevlesprom durante 12 días.",
    ),
    "de": (
        "Ein Brand hat in der Nacht zum Mittwoch die Haupthalle des Sägewerks von Verkholsk zerstört, 37 Arbeiter"
        " wurden durch den Rauch geführt, sagte Direktor Arkady Belsky.",
        "Das Feuer brach um 23:40 Uhr in der Trockensektion aus und erfasste binnen einer Stunde 1.200 Quadratmeter.",
        "Achtzehn Fahrzeuge kamen aus Verkholsk, Tarninsk und dem Nachbardistrikt Oremsk.",
        "Doktor Lidia Marenko von der Zentralklinik sagte, 6 Menschen seien eingeliefert worden, 2 mit Verbrennungen.",
        "Belsky bezifferte den Schaden auf 45 Millionen und versprach, die Produktion beginne im September wieder.",
        "Schon 2019 hatte ein Kurzschluss das Werk des Konzerns Sevlesprom 12 Tage lang stillgelegt.",
    ),
}
OTHER = (
    "VERKHOLSK - The smell of wet ash hangs over the whole town. Women bring tea to the men who guard the gate.",
    "Nobody here will say how the timber works came to burn. A night watchman remembers a bang, and then the dark.",
    "Thirty-seven colleagues got out alive, and that is the only good news, says Pavel Ignatov, who drove a crane.",
    "The union wants an inquiry by the state inspectorate and a look at the insurance papers of the past ten years.",
    "Arkady Belsky received reporters for five minutes. He spoke of rebuilding and would take no questions.",
    "For a town of 9,000 people with one employer it is a winter without wages, whatever the inquiry finds.",
)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_report_and_its_translation_are_one_telling(language):
    found = compare_languages(words_of(*TRANSLATED[language]), words_of(*ENGLISH))
    assert found.kind == "translation"
    assert found.copied >= 0.8
    assert min(found.a_related, found.b_related) > 0.6


@pytest.mark.parametrize("language", TRANSLATED)
def test_paragraphs_answer_one_another_in_order(language):
    a, b = words_of(*TRANSLATED[language]), words_of(*ENGLISH)
    met = [(a.paragraph[p.a[0]], b.paragraph[p.b[0]]) for p in compare_languages(a, b).passages]
    assert len(met) >= 4
    assert all(i == j for i, j in met)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_second_reporter_on_the_same_fire_is_no_translation(language):
    found = compare_languages(words_of(*TRANSLATED[language]), words_of(*OTHER))
    assert found is None or found.copied < 0.5


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_two_sides_may_be_swapped(language):
    a, b = words_of(*TRANSLATED[language]), words_of(*ENGLISH)
    one, other = compare_languages(a, b), compare_languages(b, a)
    assert (one.copied, one.a_related) == (other.copied, other.b_related)


def test_one_paragraph_in_common_proves_nothing():
    assert compare_languages(words_of(TRANSLATED["fr"][0]), words_of(ENGLISH[0])) is None
    assert compare_languages(words_of(), words_of(*ENGLISH)) is None
