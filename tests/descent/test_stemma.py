"""The tree of who comes from whom, on invented reports whose descent is known."""

from descent.tellings import INDEPENDENT, REWORDED, WIRE, printed, told
from descent.test_machine_translation import CALQUED
from descent.test_translation import ENGLISH, OTHER, TRANSLATED
from stemma.descent.comparisons import compare_all
from stemma.descent.stemma import grow

COUNTED = ' "I counted every one of my passengers twice before I slept," captain Nils Aune wrote to the crew.'
LAWYER = ' "The refit cost us dearly and we want our money back from the yard," its lawyer Ines Falk said.'


def grown(*reports):
    """The edges as child → (parent, kind), reports and named sources by their names; and the lost sources."""
    tellings = [told(key, *paragraphs, **facts) for key, paragraphs, facts in reports]
    edges, lost = grow(tellings, compare_all(tellings))
    names = {s.key: s.name or "?" for s in lost}
    parents = {
        tellings[e.child].id: (names.get(e.parent) if isinstance(e.parent, str) else tellings[e.parent].id, e.kind) for e in edges
    }
    return parents, lost, edges


def test_reports_that_credit_an_absent_agency_descend_from_it():
    parents, lost, edges = grown(
        ("a", WIRE, {"agency": "Norrland Press"}),
        ("b", WIRE[:3], {"credit": "This article first appeared in Norrland Press."}),
        ("c", REWORDED, {}),
        ("d", INDEPENDENT, {}),
    )
    assert parents["a"] == parents["b"] == ("Norrland Press", "verbatim")
    assert parents["c"] == ("Norrland Press", "rewrite")
    assert "d" not in parents
    assert [s.name for s in lost] == ["Norrland Press"]
    assert [e.credited for e in edges] == [True, True, False]


def test_two_rewordings_that_each_quote_alone_have_a_lost_source_without_a_name():
    one = (WIRE[0], WIRE[1] + COUNTED, *WIRE[2:])
    two = (REWORDED[0], REWORDED[1] + LAWYER, *REWORDED[2:])
    parents, lost, _ = grown(("a", one, {}), ("b", two, {}))
    assert [s.name for s in lost] == [None]
    assert {p for p, _ in parents.values()} == {"?"}


def test_dates_do_not_make_a_source_of_what_quotes_less():
    one = (WIRE[0], WIRE[1] + COUNTED, *WIRE[2:])
    two = (REWORDED[0], REWORDED[1] + LAWYER, *REWORDED[2:])
    _, lost, _ = grown(("a", one, {"published": "2031-05-04"}), ("b", two, {"published": "2031-05-05"}))
    assert len(lost) == 1


def test_a_credited_reprint_descends_from_the_report_that_it_credits():
    credit = "This article first appeared in The Lantry Gazette."
    parents, lost, edges = grown(("Lantry", WIRE, {}), ("b", WIRE, {"credit": credit}))
    assert parents == {"b": ("Lantry", "verbatim")}
    assert lost == []
    assert edges[0].credited
    assert edges[0].probability > 0.9


def test_a_credit_overrules_dates_that_lie():
    credit = "This article first appeared in The Lantry Gazette."
    parents, _, edges = grown(
        ("Lantry", WIRE, {"published": "2031-05-06"}), ("b", WIRE, {"credit": credit, "published": "2031-05-04"})
    )
    assert parents["b"][0] == "Lantry"
    assert edges[0].probability < 0.9, "the dates that lie leave a doubt"


def test_of_two_dated_copies_the_earlier_is_the_source():
    parents, _, _ = grown(("a", WIRE, {"published": "2031-05-06"}), ("b", REWORDED, {"published": "2031-05-04"}))
    assert parents == {"a": ("b", "rewrite")}


def test_without_any_sign_the_direction_is_a_coin_toss_and_says_so():
    _, _, edges = grown(("a", WIRE, {}), ("b", WIRE, {}))
    assert [e.probability for e in edges] == [0.5]


def test_a_copy_of_a_rewording_hangs_under_the_rewording():
    changed = tuple(p.replace("a car ferry", "the old ferry").replace("Investigators", "Police") for p in REWORDED)
    parents, _, _ = grown(
        ("a", WIRE, {"published": "2031-05-04"}),
        ("b", REWORDED, {"published": "2031-05-05"}),
        ("c", changed, {"published": "2031-05-06"}),
    )
    assert parents["b"][0] == "a"
    assert parents["c"] == ("b", "verbatim")


def test_a_copy_that_added_words_is_no_source_of_the_earlier_report():
    added = (
        "In Brenna, people asked on Wednesday why nobody had told them of the stranding sooner.",
        "Shopkeepers in the old town collected tea and bread, and two buses were sent along the coast road at noon.",
        "Halvorsen shares fell by six percent at the opening of trade before they recovered somewhat.",
    )
    parents, _, _ = grown(
        ("a", WIRE, {"published": "2031-05-04"}),
        ("b", (*WIRE[:4], *added), {"published": "2031-05-05"}),
        ("c", (*WIRE[:2], *added), {"published": "2031-05-06"}),
    )
    assert "a" not in parents
    assert parents["b"][0] == "a"


def test_a_bare_source_link_stands_for_a_source_that_nobody_names():
    parents, lost, _ = grown(("a", INDEPENDENT, {}), ("b", WIRE, {"credit": "Source link"}))
    assert parents == {"b": ("?", "verbatim")}
    assert [s.reports for s in lost] == [(1,)]


def test_a_report_in_another_language_is_the_source_of_its_translation():
    parents, _, _ = grown(
        ("a", TRANSLATED["ru"], {"language": "ru", "published": "2031-05-04"}),
        ("b", ENGLISH, {"published": "2031-05-05"}),
        ("c", OTHER, {}),
    )
    assert parents == {"b": ("a", "translation")}


def test_english_by_a_program_has_a_lost_source_in_another_language():
    parents, lost, _ = grown(("a", CALQUED, {}), ("b", WIRE, {}))
    assert parents == {"a": ("?", "translation")}
    assert len(lost) == 1


def test_independent_reports_have_no_edges():
    assert grown(("a", WIRE, {}), ("b", INDEPENDENT, {})) == ({}, [], [])


def test_every_edge_has_a_reason_and_signs_that_point_at_words():
    credit = "This article first appeared in The Lantry Gazette."
    reports = [("Lantry", WIRE, {}), ("b", WIRE, {"credit": credit}), ("c", REWORDED, {"published": "2031-05-05"})]
    texts = {key: printed(key, *paragraphs, **facts)[0].text for key, paragraphs, facts in reports}
    _, _, edges = grown(*reports)
    assert len(edges) == 2
    for edge in edges:
        assert edge.reason
        assert edge.signs
        assert all(texts[s.report][s.start : s.end] or s.sign == "time of publication" for s in edge.signs)


HALVES = (
    "Two hundred firefighters spent the night on the slopes above Oskerholm after a grass fire jumped the coast "
    "road near the quarry.",
    "The mayor, Petra Lindqvist, said that forty houses had been emptied by midnight and that the school would stay "
    "closed all week.",
    "A helicopter from the naval yard dropped water on the ridge until its pilots lost sight of the smoke in the fog.",
    "Farmers drove their sheep down to the harbour, where volunteers had opened the old ice house for them.",
)


def test_a_page_spliced_of_two_tellings_has_a_source_in_each_and_is_the_root_of_neither():
    _parents, lost, edges = grown(
        ("a", WIRE, {"published": "2031-05-04"}),
        ("b", HALVES, {"published": "2031-05-04"}),
        ("c", (*WIRE[:4], *HALVES[:2]), {"published": "2031-05-05"}),
        ("d", (*WIRE[:3], *HALVES[:2]), {"published": "2031-05-06"}),
    )
    assert {(e.child, e.parent) for e in edges} == {(2, 0), (2, 1), (3, 2)}
    assert lost == []
    first, second = sorted((e for e in edges if e.child == 2), key=lambda e: -e.share)
    assert (first.parent, second.parent) == (0, 1)
    assert first.share > 0.5 > second.share


def test_kin_of_the_only_heir_of_an_absent_source_hang_on_that_source():
    parents, lost, _ = grown(
        ("a", WIRE, {"credit": "This article first appeared in The Brenna Courier."}),
        ("b", REWORDED, {}),
    )
    assert {name for name, _ in parents.values()} == {"The Brenna Courier"}
    assert [s.reports for s in lost] == [(0,)]


def test_a_date_that_lies_turns_no_cut_into_the_source_of_the_whole():
    parents, _, _edges = grown(
        ("a", WIRE, {"published": "2031-05-04T10:00"}),
        ("b", (WIRE[0], *WIRE[2:4], WIRE[5]), {"published": "2031-05-03"}),
        ("c", WIRE[:5], {"published": "2031-05-04T11:00"}),
        ("d", WIRE[1:], {"published": "2031-05-04T12:00"}),
    )
    assert "a" not in parents
    assert {name for name, _ in parents.values()} == {"a"}


def test_prints_of_the_same_words_hang_on_one_of_them_and_not_in_a_chain():
    parents, lost, _ = grown(*((key, WIRE, {"published": f"2031-05-0{n}"}) for n, key in enumerate("abcd", start=3)))
    assert {key: name for key, (name, _) in parents.items()} == {"b": "a", "c": "a", "d": "a"}
    assert lost == []


def test_reports_without_dates_and_signs_still_have_one_root():
    parents, _, edges = grown(("a", WIRE, {}), ("b", WIRE, {}), ("c", REWORDED, {}))
    assert len(parents) == 2
    assert all(e.probability < 0.9 for e in edges)


def test_of_two_rewordings_that_differ_in_words_of_their_own_the_earlier_is_the_source_of_the_other():
    changed = tuple(p.replace("Some 214", "As many as 214").replace("examined by", "studied by") for p in REWORDED)
    parents, _, _ = grown(
        ("a", WIRE, {"published": "2031-05-04"}),
        ("b", changed, {"published": "2031-05-06"}),
        ("c", REWORDED, {"published": "2031-05-05"}),
    )
    assert parents["c"][0] == "a"
    assert parents["b"][0] == "c"


def test_of_many_prints_in_the_same_words_without_dates_none_is_surely_the_first():
    _, _, edges = grown(*[(key, WIRE, {}) for key in "abcde"])
    assert len(edges) == 4
    assert max(e.probability for e in edges) <= 0.5


OWN = (
    "The mole at Port Lantry is older than the town, and its stones were cut by prisoners of a war that nobody recalls.",
    "Shops along it sell rope, lamp oil and a hard biscuit that children are told not to eat, which is why they do.",
    "Two chapels keep a lamp in the window through every fog, and neither congregation can say why the custom came to them.",
    "A painter who moved here for the light complains that there is none between October and the week before Easter.",
    "What the town has is patience. It has waited for a bridge, a school, a doctor and a train that was promised in a song.",
    "On market days the quay smells of smoke and oranges, and the auctioneer has not changed his joke since his father told it.",
)
LATER = (
    "In Oskerholm the terminal stayed shut. A clerk wrote the time of the next sailing on a slate and wiped it off again.",
    "Relatives slept on benches under coats, and a vending machine gave out its last chocolate a little after midnight.",
)


def test_a_part_in_common_without_a_sign_beside_time_and_length_is_of_a_source_that_nobody_names():
    fuller = ("a", (*OWN, *WIRE[1:3]), {"published": "2031-05-04T08:00"})
    later = ("b", (*WIRE[1:3], *LATER), {"published": "2031-05-05T08:00"})
    parents, lost, edges = grown(fuller, later)
    assert parents["a"] == parents["b"] == ("?", "verbatim")
    assert [s.name for s in lost] == [None]
    assert all(e.share < 0.6 for e in edges)


def test_a_part_is_of_the_report_that_is_credited_or_that_the_outlet_printed_before():
    fuller = ("a", (*OWN, *WIRE[1:3]), {"published": "2031-05-04T08:00", "outlet": "Lantry Gazette"})
    text = (*WIRE[1:3], *LATER)
    for facts in ({"credit": "This article first appeared in Lantry Gazette."}, {"outlet": "Lantry Gazette"}):
        parents, lost, _ = grown(fuller, ("b", text, {"published": "2031-05-05T08:00", **facts}))
        assert parents == {"b": ("a", "verbatim")}
        assert lost == []


def test_a_print_that_names_the_source_of_its_sister_hangs_on_the_source():
    first = ("a", WIRE, {"outlet": "Lantry Gazette", "published": "2031-05-04T08:00"})
    told_to = (*WIRE[:5], "The refit had cost nine million crowns, its lawyer told the Lantry Gazette.")
    sister = ("b", told_to, {"published": "2031-05-04T10:00", "credit": "This article first appeared in Lantry Gazette."})
    parents, _, edges = grown(first, sister, ("c", told_to, {"published": "2031-05-05T10:00"}))
    assert parents["b"][0] == parents["c"][0] == "a"
    assert {e.child: e.credited for e in edges} == {1: True, 2: False}, "what somebody told a house was copied too"
