"""The sides of a claim: whoever parts from the others, and of one dispute each who speaks."""

from stemma.show.claim_lines import by_time, sides, told_by_two, where_they_part

LETTERS = {"r1": "A", "r2": "B", "r3": "C"}
SPEAKERS = {"s1": "crew", "s2": "crew", "s3": "owner"}


def member(report, statement):
    return {"report": report, "statement": statement, "start": 0, "end": 1}


def claim(*members, relation="disputed"):
    return {"relation": relation, "members": list(members)}


def reports(parted):
    return [[m["report"] for m in side] for side in parted]


def test_reports_that_stand_to_a_claim_otherwise_are_a_side():
    told = claim(member("r2", None), member("r1", None), member("r3", None), relation="updated")
    assert reports(sides(told, LETTERS, {"r1": "agrees", "r2": "differs", "r3": "agrees"}, {})) == [["r1", "r3"], ["r2"]]


def test_of_a_dispute_that_one_report_tells_each_source_is_a_side():
    told = claim(member("r1", "s1"), member("r2", "s2"), member("r2", "s3"))
    assert reports(sides(told, LETTERS, {"r1": "agrees", "r2": "agrees"}, SPEAKERS)) == [["r1", "r2"], ["r2"]]
    assert told_by_two(told, SPEAKERS) == {"r2"}


def test_one_speaker_in_two_reports_is_no_dispute_with_himself():
    told = claim(member("r1", "s1"), member("r2", "s2"))
    assert sides(told, LETTERS, {}, SPEAKERS) == []
    assert told_by_two(told, SPEAKERS) == set()


def test_two_who_say_the_same_of_an_undisputed_claim_are_no_sides():
    told = claim(member("r1", "s1"), member("r2", "s3"), relation="agree")
    assert sides(told, LETTERS, {"r1": "agrees", "r2": "agrees"}, SPEAKERS) == []
    assert told_by_two(told, SPEAKERS) == set()


def test_words_that_a_cut_would_make_alike_begin_where_they_part():
    told = ["the boats were told to stay in the port until Friday", "the boats were told to stay in the port until Sunday"]
    assert where_they_part(told, 44) == ["… port until Friday", "… port until Sunday"]
    assert where_they_part(told, 90) == told
    assert where_they_part(told[:1], 20) == told[:1]


def test_reports_that_print_two_days_part_by_these_and_not_by_the_day_that_both_print():
    texts = {"r1": "on Friday the gate of 1994 fell", "r2": "on Friday the gate of 1996 fell"}
    pages = {r: {"text": text} for r, text in texts.items()}
    days = [("on Friday", "2031-10-03"), ("1994", "1994"), ("1996", "1996")]
    times = [
        {"report": r, "start": text.index(words), "end": text.index(words) + len(words), "value": value}
        for r, text in texts.items()
        for words, value in days
        if words in text
    ]
    told = claim(*({"report": r, "statement": None, "start": 0, "end": len(t)} for r, t in texts.items()), relation="conflict")
    assert {day: [m["report"] for m in some] for day, some in by_time(told, {"times": times}, LETTERS, pages).items()} == {
        "1994": ["r1"], "1996": ["r2"],
    }  # fmt: skip
    assert by_time(told, {"times": times[:3]}, LETTERS, pages) == {}
    assert by_time({**told, "relation": "agree"}, {"times": times}, LETTERS, pages) == {}
