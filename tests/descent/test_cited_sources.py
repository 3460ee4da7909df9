"""Houses that running text names are sources of single passages."""

from dataclasses import replace

from descent.tellings import INDEPENDENT, REWORDED, WIRE, printed
from stemma.descent import story_descent

OWN = (
    "Port Lantry woke to sirens on Tuesday, and by noon half the town stood on the quay to watch a ship that would not move.",
    "Shops gave away soup. The school let its children out early, and the choir sang for whoever would listen in the rain.",
    "Nobody could remember a fog like it, though everybody on the mole had a story of one that was nearly as thick.",
)
ELSE = (
    "Ferries are the poor relations of the island trade, and the accident has revived an argument about who should pay.",
    "Successive ministers have promised a bridge. None has been built, and the money went to roads on the mainland instead.",
    "Economists at the university reckon that a single day without ships costs the island two million crowns in lost trade.",
)
PUMPS = "The pumps failed twice in April and were mended with parts from a scrapped trawler"
AT_LENGTH = (
    f"{PUMPS}, Reuters reported.",
    "The second mate had written to the owners twice about the valves below the car deck, according to Reuters.",
    "Reuters reported that the letters lay unopened in a drawer of the harbour office until a clerk found them in June.",
    "Divers sent down in July saw nothing wrong and were paid for a whole week that they spent ashore, Reuters reported.",
)


def tree(*reports):
    found = story_descent("s", reports)
    name = {w.id: w.report or w.name for w in found.witnesses}
    edges = {(name[d.child], name[d.parent]): d for d in found.derivations}
    return found, edges, {name[o.witness] for o in found.origins}


def test_a_house_that_a_report_names_is_a_lost_source_of_those_words_alone():
    found, edges, origins = tree(printed("a", *OWN, f"{PUMPS}, Reuters reported."), printed("b", *ELSE))
    edge = edges["a", "Reuters"]
    assert edge.credited
    assert edge.kind == "rewrite"
    assert 0.1 < edge.share < 0.4
    assert origins == {"a", "b", "Reuters"}
    assert found.count.best == 2, "one sentence is no origin to count"


def test_a_house_that_two_reports_cite_and_words_in_marks_are_surer():
    said, marked = f"{PUMPS}, Reuters reported.", f'"{PUMPS}," Reuters reported.'
    alone = [tree(printed("a", *OWN, s), printed("b", *ELSE))[1]["a", "Reuters"].probability for s in (said, marked)]
    twice = [tree(printed("a", *OWN, s), printed("b", *ELSE, said))[1]["a", "Reuters"].probability for s in (said, marked)]
    assert 0.5 < alone[0] < alone[1] < twice[0] < twice[1] < 0.9


def test_beside_words_of_one_house_two_sentences_about_the_same_are_no_rewording():
    one = "First reports told of three broken pumps in the hold on that night."
    other = "The leak was the third night of broken pumps this year, said Ivo Brandt, a mate."
    found, _, _ = tree(
        printed("a", *OWN, f"{PUMPS}, Reuters reported. {one}"), printed("b", *ELSE, f"{PUMPS}, Reuters reported. {other}")
    )
    assert [a.kind for a in found.alignments] == ["verbatim"]


def test_words_in_marks_are_printed_as_they_were():
    _, edges, _ = tree(printed("a", *OWN, f'"{PUMPS}," Reuters reported.'), printed("b", *ELSE))
    assert edges["a", "Reuters"].kind == "verbatim"


def test_a_report_that_prints_such_words_uncredited_has_them_from_the_same_house():
    found, edges, _ = tree(printed("a", *OWN, f'"{PUMPS}," Reuters reported.'), printed("b", *ELSE, f"{PUMPS}."))
    assert edges["a", "Reuters"].credited
    assert not edges["b", "Reuters"].credited
    assert [(a.a_report, a.b_report) for a in found.alignments] == [("a", "b")]
    assert found.count.best == 2


def test_a_lightly_reworded_sentence_has_it_from_there_too():
    reworded = "In April the pumps failed two times, and were mended with parts of a scrapped trawler."
    _, edges, _ = tree(printed("a", *OWN, f"{PUMPS}, Reuters reported."), printed("b", *ELSE, reworded))
    assert ("b", "Reuters") in edges


def test_what_somebody_told_a_house_is_speech_and_no_words_of_it():
    said = "'We were cold and wet and nobody came for nine hours'"
    _, edges, _ = tree(printed("a", *OWN, f"{said}, Rask told Reuters."), printed("b", *ELSE, f"{said}, Rask remembers."))
    assert set(edges) == {("a", "Reuters")}


def test_a_house_whose_report_is_here_is_no_lost_source():
    wire = printed("w", *WIRE, outlet="Reuters")
    _, edges, origins = tree(wire, printed("a", *OWN, f"{WIRE[4][:-1]}, Reuters reported."))
    assert set(edges) == {("a", "w")}
    assert origins == {"a", "w"}


def test_who_cites_a_report_of_the_pile_shows_what_else_it_rewords_of_it():
    wire = printed("w", *WIRE, *INDEPENDENT, *ELSE, outlet="Reuters")
    found, edges, _ = tree(wire, printed("a", *OWN, REWORDED[0], f"{WIRE[4][:-1]}, Reuters reported."))
    assert set(edges) == {("a", "w")}
    assert len(found.alignments) == 2


def test_a_report_of_the_house_without_those_words_is_not_meant_but_another_of_its_reports():
    other = printed("w", *ELSE, outlet="Reuters")
    found, edges, _ = tree(other, printed("a", *OWN, f"{PUMPS}, Reuters reported."))
    assert set(edges) == {("a", "Reuters")}
    assert found.count.best == found.count.high == 2, "one house is one origin"


def test_what_a_copied_wire_cites_the_wire_cites():
    cited = f"{PUMPS}, Reuters reported."
    whole = [printed(k, *WIRE, cited, agency="Norrland Press") for k in ("a", "b")]
    found, edges, _ = tree(*whole, printed("c", *WIRE, agency="Norrland Press"), printed("d", *INDEPENDENT))
    assert set(edges) == {*((k, "Norrland Press") for k in "abc"), ("Norrland Press", "Reuters")}
    reuters = next(w.id for w in found.witnesses if w.name == "Reuters")
    assert {d.report for d in found.descendants if d.origin == reuters} == {"a", "b"}, "not the print that leaves it out"


def test_a_brief_of_another_houses_words_is_no_origin():
    brief = printed(
        "a", f"{PUMPS} that nobody had checked, Reuters reported, citing two harbour workers who asked not to be named."
    )
    found, edges, origins = tree(brief, printed("b", *ELSE))
    assert edges["a", "Reuters"].share == 1.0
    assert origins == {"b", "Reuters"}
    assert found.count.best == 2, "the brief's words are the house's, who tells the story in it"


def test_an_agency_in_the_byline_of_a_page_that_goes_its_own_way_has_a_part_of_it():
    prints = [printed(k, *WIRE, *INDEPENDENT, agency="Norrland Press") for k in ("a", "b")]
    mixed = printed("m", *WIRE[:2], *OWN, *ELSE, agency="Norrland Press")
    _, edges, _ = tree(*prints, mixed)
    assert edges["a", "Norrland Press"].share == 1.0
    assert edges["m", "Norrland Press"].share < 0.5
    assert all(edges[k, "Norrland Press"].credited for k in "abm")


def test_a_report_that_cites_another_was_not_copied_by_it_though_it_is_dated_earlier():
    source = printed("w", *WIRE, *OWN, outlet="The Brenna Courier", published="2031-05-07")
    citing = printed("a", *WIRE[:2], f"{WIRE[4][:-1]}, according to the Brenna Courier.", ELSE[0], published="2031-05-05")
    _, edges, _ = tree(source, citing)
    assert set(edges) == {("a", "w")}
    assert edges["a", "w"].credited


def test_an_agency_in_a_joint_byline_is_the_source_of_what_the_page_shares():
    joint = printed("a", *WIRE, *OWN, byline=("By Mira Solheim and Norrland Press",), outlet="Harbour Post")
    _, edges, _ = tree(joint, printed("b", *WIRE, *ELSE, outlet="Vale Observer"))
    assert {("a", "Norrland Press"), ("b", "Norrland Press")} == set(edges)
    assert not edges["b", "Norrland Press"].credited


def test_an_agency_in_a_joint_byline_that_nobody_else_prints_has_about_a_report_of_the_page():
    facts = {"byline": ("By Mira Solheim and Norrland Press",), "outlet": "Harbour Post"}
    short, long = printed("a", *WIRE, **facts), printed("a", *WIRE * 20, **facts)
    _, edges, origins = tree(short, printed("b", *ELSE))
    assert edges["a", "Norrland Press"].share == 1.0
    assert origins == {"Norrland Press", "b"}
    _, edges, origins = tree(long, printed("b", *ELSE))
    assert edges["a", "Norrland Press"].credited
    assert edges["a", "Norrland Press"].share < 0.5
    assert origins == {"Norrland Press", "a", "b"}


def test_a_print_that_names_the_author_alone_has_it_from_the_house_that_another_print_names():
    story = [*WIRE, *OWN]
    reports = [
        printed("a", *story, byline=("Mira Solheim",), agency="Norrland Press", outlet="Harbour Post"),
        printed("b", *story, byline=("Mira Solheim",), outlet="Vale Observer"),
    ]
    _, edges, _ = tree(*reports)
    assert edges["b", "Norrland Press"].share == 1.0
    assert not edges["b", "Norrland Press"].credited, "it does not name the house"


LONG = (*OWN, *ELSE, *INDEPENDENT, *WIRE)


def test_a_few_words_in_a_long_page_make_no_edge():
    fact = "The tug had left, Reuters reported."
    _, edges, origins = tree(printed("a", *LONG, *(p.replace("the", "that") for p in LONG), fact), printed("b", *ELSE[:1]))
    assert not any(parent == "Reuters" for _, parent in edges)
    assert "Reuters" not in origins


def test_a_whole_sentence_in_a_long_page_makes_one():
    _, edges, _ = tree(printed("a", *LONG, *(p.replace("the", "that") for p in LONG), f"{PUMPS}, Reuters reported."))
    assert edges["a", "Reuters"].share < 0.025


def test_a_house_that_two_papers_name_for_two_things_joins_them_no_more_than_its_name():
    valves = "The second mate had written to the owners about the valves, according to Reuters."
    found, _, _ = tree(printed("a", *OWN, f"{PUMPS}, Reuters reported."), printed("b", *ELSE, valves))
    assert [w.name for w in found.witnesses if w.report is None] == ["Reuters", "Reuters"]
    assert len({d.origin for d in found.descendants}) == 2
    found, _, _ = tree(printed("a", *OWN, f"{PUMPS}, Reuters reported."), printed("b", *ELSE, f"{PUMPS}, according to Reuters."))
    assert [w.name for w in found.witnesses if w.report is None] == ["Reuters"]


def test_a_house_whose_page_lacks_the_words_in_marks_is_cited_for_another_page():
    wire = printed("w", *WIRE, *ELSE, outlet="Reuters")
    words = (
        "Reuters says the steering, the bruises, the money, the bridge and the island sank ministers, crews and investigators, a"
    )
    _, edges, _ = tree(wire, printed("a", *OWN, f"{words} scandal."))
    assert set(edges) == {("a", "w")}
    _, edges, _ = tree(wire, printed("a", *OWN, f'{words} "lesson in how not to govern islands".'))
    assert set(edges) == {("a", "Reuters")}


def test_two_papers_that_cite_a_house_make_it_an_origin_where_one_does_at_length_and_a_single_one_may_be():
    short = [printed("a", *OWN, f"{PUMPS}, Reuters reported."), printed("b", *ELSE, f"{PUMPS}, according to Reuters.")]
    found, _, origins = tree(*short)
    assert "Reuters" in origins
    assert found.count.best == 2
    found, _, _ = tree(printed("a", *OWN, *AT_LENGTH), printed("b", *ELSE, f"{PUMPS}, according to Reuters."))
    assert found.count.best == 3
    found, _, _ = tree(printed("a", *OWN, *AT_LENGTH), printed("b", *ELSE))
    assert (found.count.best, found.count.high) == (2, 3)


def test_what_somebody_told_a_house_at_length_is_his_and_makes_that_house_no_origin():
    said = "We were cold and wet and nobody came for nine hours though we had lit every lamp that we could find on the boat"
    lines = [f'"{said}, and {more}," Rask told Reuters.' for more in ("sang", "prayed", "slept", "cursed the owners")]
    found, edges, _ = tree(printed("a", *OWN, *lines), printed("b", *ELSE))
    assert edges["a", "Reuters"].share > 0.3
    assert found.count.best == 2


def test_a_house_whose_page_tells_what_is_cited_in_other_words_is_that_page():
    wire = printed("w", *WIRE, *ELSE, outlet="Reuters")
    scattered = (
        "Reuters reported that the bridge promised by ministers was never built, and that its money went to mainland roads."
    )
    _, edges, _ = tree(wire, printed("a", *OWN, scattered))
    assert set(edges) == {("a", "w")}


def test_who_translated_a_speech_is_not_credited_with_the_story_that_was_copied_beside_it():
    source = printed("w", *WIRE, *OWN, outlet="Reuters", published="2031-05-05")
    speech = '"Let the ships sail," the minister said, according to a Reuters translation of the speech.'
    _, edges, _ = tree(source, printed("a", *WIRE, speech, *OWN, outlet="Vale Observer", published="2031-05-07"))
    assert not edges["a", "w"].credited


def test_an_agency_whose_lone_print_is_here_is_one_origin():
    found, _, origins = tree(printed("a", *WIRE, agency="Norrland Press"), printed("b", *ELSE))
    assert origins == {"Norrland Press", "b"}
    assert (found.count.low, found.count.best, found.count.high) == (2, 2, 2)


CAPTIONS = (
    "1 of 26 Full Screen Autoplay Close The Marigold leaves Port Lantry for the last time with two hundred people aboard as the "
    "fog comes in over the mole. May 4, 2031 Jory Penhallen/Reuters Buy Photo Wait 1 second to continue.",
    "Firemen carry lamps along the quay at Port Lantry on Tuesday while relatives wait behind ropes. (Jory Penhallen/Reuters)",
)


def test_two_papers_that_print_one_agencys_pictures_have_no_source_of_their_texts_in_common():
    _, edges, origins = tree(printed("a", *OWN, *CAPTIONS), printed("b", *ELSE, *INDEPENDENT, *CAPTIONS))
    assert not edges
    assert origins == {"a", "b"}


def test_a_page_of_nobody_in_particular_that_says_that_a_house_was_told_may_be_that_houses_own():
    words = (*OWN, f"“{PUMPS},” Rask told the Lantry Gazette.")
    _, edges, _ = tree(printed("a", *words, outlet="Quay Post"), printed("b", *ELSE))
    assert ("a", "Lantry Gazette") in edges
    page, blocks = printed("a", *words)
    _, edges, _ = tree((replace(page, outlet=None), blocks), printed("b", *ELSE))
    assert not edges


def test_a_long_name_and_a_stock_clause_that_two_papers_print_are_no_wording_of_the_house_that_both_cite():
    name = "the Norrland Centre for Investigative Journalism"
    one = f"The pumps failed twice, according to {name}, which had the letters."
    other = f"The second mate had written to the owners, according to {name}, a body of forty editors."
    found, _, _ = tree(printed("a", *OWN, one), printed("b", *ELSE, other))
    assert len([w for w in found.witnesses if w.report is None]) == 2
    assert not found.alignments


def test_a_house_that_is_cited_for_two_things_counts_once():
    lines = [line.replace("Reuters", "the Lantry Gazette") for line in AT_LENGTH]
    other = [
        f"The {what} had been sold in {month} for a tenth of its price to a cousin of the owner, the Lantry Gazette reported."
        for what, month in (("mole", "June"), ("crane", "July"), ("old customs house", "August"))
    ]
    found, _, _ = tree(printed("a", *OWN, *lines), printed("b", *ELSE, *other))
    assert [w.name for w in found.witnesses if w.report is None] == ["Lantry Gazette", "Lantry Gazette"]
    assert found.count.best == 3


def test_a_page_that_came_out_days_after_it_was_cited_is_not_the_one_that_is_meant():
    scattered = (
        "Reuters reported that the bridge promised by ministers was never built, and that its money went to mainland roads."
    )
    wire = printed("w", *WIRE, *ELSE, outlet="Reuters", published="2031-05-09")
    _, edges, _ = tree(wire, printed("a", *OWN, scattered, published="2031-05-05"))
    assert set(edges) == {("a", "Reuters")}
    _, edges, _ = tree(wire, printed("a", *OWN, scattered, published="2031-05-09"))
    assert set(edges) == {("a", "w")}


def test_a_newsroom_that_prints_its_own_sentence_again_has_it_from_no_other_house():
    citing = printed("a", *OWN, f"{PUMPS}, the Lantry Gazette reported.", outlet="Quay Post")
    again, elsewhere = (printed("b", *ELSE, f"{PUMPS}.", outlet=name) for name in ("Quay Post", "Vale Observer"))
    found, edges, _ = tree(citing, again)
    assert set(edges) == {("a", "Lantry Gazette")}
    assert found.alignments
    _, edges, _ = tree(citing, elsewhere)
    assert set(edges) == {("a", "Lantry Gazette"), ("b", "Lantry Gazette")}
