"""Whose words a report gives in its running text."""

import pytest

from descent.tellings import told, words_of
from stemma.descent.citations import as_printed, citations
from stemma.descent.telling import with_known_names


@pytest.mark.parametrize(
    ("paragraph", "name", "spoken"),
    [
        ("The ferry had been inspected in May, according to the Lantry Gazette.", "Lantry Gazette", False),
        ("The hull was cracked in two places, Reuters reported on Tuesday.", "Reuters", False),
        ("The Brenna Courier reports that the captain had asked for a tug an hour before.", "Brenna Courier", False),
        ('"We were never told," Rask told NPR from her hospital bed.', "NPR", True),
        ("Penhallen said in an interview with the Oskerholm Post that the channel was safe.", "Oskerholm Post", True),
        ("The crew were asleep, the news agency Norrwire said.", "Norrwire", False),
        ("Firemen told local WQXZ-TV that the fog lifted at noon.", "WQXZ-TV", True),
        ("As first reported by harbournews.com, the refit cost nine million crowns.", "harbournews.com", False),
        ("Rask told CNN affiliate WQXZ that the fog lifted at noon.", "WQXZ", True),
        ("The fog lifted at noon, said Rask, a deckhand, on Oskerholm Television.", "Oskerholm Television", False),
        ("The fog, a common one in May, lifted at noon, reported Reuters.", "Reuters", False),
        ("For the Lantry Gazette, the inquiry was overdue.", "Lantry Gazette", False),
        ("The Lantry Gazette meanwhile says the inquiry was overdue.", "Lantry Gazette", False),
        ("A Lantry Gazette report says tugs had been refused.", "Lantry Gazette", False),
        ("A Reuters journalist said two tugs lay idle.", "Reuters", False),
        ("The Lantry Gazette was first to report the refusal.", "Lantry Gazette", False),
        ("Tugs had been refused, according to minutes obtained by Reuters.", "Reuters", True),
        ("The captain slept, Rask told the Saltern Quay in an April 3 interview.", "Saltern Quay", True),
        ('"Let the ships sail," the minister said, according to a CNN translation.', "CNN", True),
        ("Selon Le Monde, la coque était fendue en deux endroits.", "Le Monde", False),
        ("A reporter for Reuters said two tugs lay idle.", "Reuters", False),
        ("Had they asked since it was so late? The Lantry Gazette says nobody did.", "Lantry Gazette", False),
        ("On Tuesday Reuters reported that the hull was cracked.", "Reuters", False),
        ("The hull was cracked, the Japanese NHK reported.", "NHK", False),
        ("Penhallen said in an interview on Tuesday with the public broadcaster WQXZ that the channel was safe.", "WQXZ", True),
        ("Penhallen said in a statement to Reuters that the channel was safe.", "Reuters", True),
        ("'The hull was cracked,' said the official Lantry Gazette.", "Lantry Gazette", False),
        ("The hull was cracked, Rask wrote in the Lantry Gazette.", "Lantry Gazette", False),
        ("The Lantry Gazette are reporting that two tugs lay idle.", "Lantry Gazette", False),
        ("The owners kept silent, with the Lantry Gazette reporting that two tugs lay idle.", "Lantry Gazette", False),
        ("The tide was high and Fortune reports that two tugs lay idle.", "Fortune", False),
        ("The Lantry Gazette, citing two pilots, claimed the hull was cracked.", "Lantry Gazette", False),
        ("As the Lantry Gazette dutifully noted in May, the hull was cracked.", "Lantry Gazette", False),
        ("The news agency Norrwire released a report on Tuesday that blamed the pumps.", "Norrwire", False),
        ("Speaking to Reuters, the pilot called the channel safe.", "Reuters", True),
        ("The pilot, who had slept, explained to the Lantry Gazette that the fog was thick.", "Lantry Gazette", True),
        ("The minister told Jory Penhallen of NPR that the channel was safe.", "NPR", True),
        ("The channel was safe, the minister argued in an opinion piece in the Lantry Gazette.", "Lantry Gazette", False),
        ("In the Lantry Gazette, Ada Rask, who teaches law, says the inquiry was overdue.", "Lantry Gazette", False),
        ("At Time, Ada Rask says the inquiry was overdue.", "Time", False),
        ("The channel had been closed (via Reuters) since the night before.", "Reuters", False),
        ("The hull was cracked, per the Oskerholm Citizen.", "Oskerholm Citizen", False),
        ("The captain also denied claims in the Lantry Gazette, namely that the crew slept.", "Lantry Gazette", False),
        ("The Oskerholm Monitor reports that the hull was cracked.", "Oskerholm Monitor", False),
        ("Speaking to BBC Radio 4's morning programme, the pilot called the channel safe.", "BBC Radio 4", True),
        ("NorrNews Ostermark reports that the hull was cracked.", "NorrNews Ostermark", False),
        (
            "The papers had been burnt, according to the Norrland Centre for Investigative Journalism.",
            "Norrland Centre for Investigative Journalism",
            False,
        ),
        ("Britain's Guardian newspaper said that the hull was cracked.", "The Guardian", False),
    ],
)
def test_a_report_gives_words_to_the_house_that_it_names(paragraph, name, spoken):
    assert [(c.name, c.spoken) for c in citations(words_of(paragraph))] == [(name, spoken)]


@pytest.mark.parametrize(
    ("paragraph", "names"),
    [
        ("The hull was cracked, according to the Lantry Gazette and The Oskerholm Post.", ["Lantry Gazette", "Oskerholm Post"]),
        ("The hull was cracked, according to reports on CNN and in the Lantry Gazette.", ["CNN", "Lantry Gazette"]),
        ("Rask told Reuters and NPR that the hull was cracked.", ["Reuters", "NPR"]),
        ("The hull was cracked, Rask told Reuters, and NPR has bought the ferry.", ["Reuters"]),
        ("The hull was cracked, according to Reuters and the Times Square merchants.", ["Reuters"]),
    ],
)
def test_houses_that_stand_beside_one_another_give_words_together(paragraph, names):
    assert [c.name for c in citations(words_of(paragraph))] == names


@pytest.mark.parametrize(
    "paragraph",
    [
        "The hull was cracked, according to Lantry Insider.",
        '"I read that the hull was cracked, according to Reuters," the mayor told a crowd of dockers on the quay.',
        "Captain Randy Forbes kept the log. The hull was cracked, Forbes said.",
        "He told the Norrland Press Association, NPA, that he had slept.",
        "He spoke on Face the Nation, and said that he had slept.",
        "The fish regulator ANP said that nets were empty.",
        "The hull was cracked, according to Lantry TV station chiefs.",
        "Reuters could not independently verify the number of passengers.",
        "The Lantry Gazette has reached out to the ferry company for comment.",
        "The inquiry was opened after the Lantry Gazette reported that tugs had been refused.",
        "The Marigold leaves Port Lantry. (Jory Penhallen/Reuters)",
        "A commentator in the Lantry Gazette said the harbour was a disgrace.",
        "The minutes were leaked to the Lantry Gazette, which shared them with forty editors.",
        "The debts followed an article in the Lantry Gazette on the price of coal.",
        "The owner, Michael R. Bloomberg, the mayor in those years, said nobody had asked him.",
        'The owners doubt that the "repeated warnings" cited by Reuters were ever sent.',
        "July 9, 2030: She sails again May 4, 2031: The Lantry Gazette reveals that she leaks",
        "People found on the quay without a ticket were fined.",
        "Rask commented on the Lantry Gazette report.",
        "For Reuters journalists the night was long.",
        "Reuters said it had closed its office in Port Lantry.",
        "Passengers told people on the quay that they were cold.",
        "The minister refused to confirm the Lantry Gazette report.",
        "Deposits fell, according to the People's Bank of Ostermark.",
        "Crowds sang until dawn, according to the Times Square Association.",
        "Half the readers were fishermen, according to the Reuters Institute.",
        "The fog was thick, according to Famous Times Square vendors.",
        "The phone lay on the quay, according to MAP data that the guard has.",
    ],
)
def test_a_house_that_is_only_spoken_about_gives_no_words(paragraph):
    assert citations(words_of(paragraph)) == []


def test_a_short_name_is_the_house_that_the_page_names_in_full():
    words = words_of("The fog was thick, the Lantry Enquirer reported.", "Rask told the Enquirer that she had slept.")
    assert [c.name for c in citations(words)] == ["Lantry Enquirer", "Lantry Enquirer"]


def test_a_line_before_a_colon_gives_what_follows():
    words = words_of("From Yonhap:", "The Marigold lay on her side. Nobody was hurt.", "The tide came at noon.")
    (given,) = citations(words)
    assert words.text[slice(*words.span(given.first, given.past))] == "The Marigold lay on her side. Nobody was hurt"


def test_a_house_gives_the_sentence_that_names_it_and_not_its_paragraph():
    words = words_of("The tide came at noon. The hull was cracked, Reuters reported. Divers will look at it on Friday.")
    (given,) = citations(words)
    assert words.text[slice(*words.span(given.first, given.past))] == "The hull was cracked, Reuters reported"


def test_a_quotation_that_goes_on_behind_the_house_is_given_with_it():
    words = words_of('"We were cold," Rask told NPR. "Nobody came for nine hours. We sang." The tide came at noon.')
    (given,) = citations(words)
    assert words.text[slice(*words.span(given.first, given.past))].endswith("We sang")


def test_of_two_houses_in_a_paragraph_each_gives_its_sentence():
    words = words_of("The hull was cracked, Reuters reported. The pumps had failed, according to the Lantry Gazette.")
    spans = {c.name: words.text[slice(*words.span(c.first, c.past))] for c in citations(words)}
    assert spans["Reuters"].startswith("The hull")
    assert spans["Lantry Gazette"].startswith("The pumps")


def test_a_listed_short_name_is_the_other_house_that_the_page_names_in_full():
    words = words_of("Read the Lantry Herald on this.", "The Herald reports that the fog was thick.")
    assert [c.name for c in citations(words)] == ["Lantry Herald"]


def test_a_report_does_not_cite_its_own_house():
    own = told(
        "a", "Rask told The Lantry Times that she had slept.", "The fog was thick, the Times reported.", outlet="The Lantry Times"
    )
    assert own.citations == ()


def test_letters_that_a_page_puts_behind_a_houses_name_are_that_house_on_every_page_of_the_story():
    page = told("a", "The minutes went to the Norrland Zeitung (NZ), and from there to others.", outlet="The Brenna Courier")
    other = told("b", "Two tugs lay idle, NZ said on Tuesday.", outlet="The Lantry Times")
    assert [c.name for t in with_known_names([page, other]) for c in t.citations] == ["Norrland Zeitung"]


@pytest.mark.parametrize(
    ("paragraphs", "names"),
    [
        (["The fog was thick, the Lantry Gazette reported.", "Two tugs lay idle, the newspaper said."], ["Lantry Gazette"] * 2),
        (["Rask told the Lantry Gazette that she slept. The fog was thick, she told the paper."], ["Lantry Gazette"] * 2),
        (["Two tugs lay idle, the newspaper said."], []),
        (
            ["The fog was thick, the Lantry Gazette reported.", *["It rained."] * 4, "Two tugs lay idle, the paper said."],
            ["Lantry Gazette"],
        ),
        (
            ["The fog was thick, the Lantry Gazette reported.", "The newspaper Quay Tidings was founded in 1901."],
            ["Lantry Gazette"],
        ),
    ],
)
def test_the_newspaper_is_the_house_that_was_cited_last_and_near(paragraphs, names):
    page, other = told("a", *paragraphs, outlet="Quay Post"), told("b", "It rained.", outlet="Vale Observer")
    assert [c.name for c in with_known_names([page, other])[0].citations] == names


def test_a_listed_house_is_called_as_the_reports_call_it_and_an_agency_by_its_own_name():
    texts = ["BFM-TV said so, and BFM-TV again.", "BFMTV said so."]
    assert as_printed("BFM TV", texts) == "BFM-TV"
    assert as_printed("BFM TV", [*texts, "BFM TV said so."]) == "BFM TV"
    assert as_printed("BFM TV", ["Nobody said so."]) == "BFM TV"
    assert as_printed("Associated Press", ["AP said so."]) == "Associated Press"
    assert as_printed("The Hill", ["According to the Hill, it sank."]) == "The Hill"
