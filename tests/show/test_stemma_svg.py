import copy
from itertools import pairwise

from lxml import etree

from show.drawn_stories import drawing, edge, places, story, words
from stemma.show.stemma_svg import WIDTH, draw, picture
from stemma.show.svg import measure, wrap

NS = {"s": "http://www.w3.org/2000/svg"}


def drawn(account, number=1):
    reports = {r["id"]: r for r in account["reports"]}
    return etree.fromstring(draw(account["stories"][number], reports).encode())


def test_the_drawing_is_xml_and_holds_every_siglum_and_name(account):
    words = " ".join(drawn(account).itertext())
    for siglum in "ABCDEαβ":
        assert siglum in words
    assert "Nordwire" in words
    assert "Ostrand Daily" in words


def test_lost_sources_are_open_circles_and_reports_filled_ones(account):
    fills = [c.get("fill") for c in drawn(account).iterfind(".//s:circle[@stroke-width='2']", NS)]
    legend = 2
    assert len(fills) == 7 + legend
    assert fills.count("#ffffff") == 2 + 1


def test_kinds_differ_by_their_dashes_and_not_by_colour(account):
    strokes = {p.get("stroke") for p in drawn(account).iterfind(".//s:path", NS)} - {None, "#bdb6ab"}
    dashes = {p.get("stroke-dasharray") for p in drawn(account).iterfind(".//s:path", NS)}
    assert len(strokes) == 1
    assert len(dashes) == 4


def test_the_drawing_says_in_words_what_it_shows(account):
    told = drawn(account).findtext("s:desc", namespaces=NS)
    assert "C " in told
    assert "rewrite 62% from B, no credit; translation 10% from β, credited" in told


def test_markup_and_control_characters_in_a_name_do_not_break_the_drawing(account):
    hostile = copy.deepcopy(account)
    hostile["reports"][1]["outlet"] = "</svg><script>\x1b[31m & \ud800 ]]>"
    words = " ".join(drawn(hostile).itertext())
    assert "</svg><script>" in words
    assert "\x1b" not in words


def test_no_line_of_text_runs_out_of_the_drawing(account):
    for text in drawn(account).iterfind(".//s:text", NS):
        width = measure("".join(text.itertext()), float(text.get("font-size")))
        assert float(text.get("x")) + width <= WIDTH


def test_a_name_too_long_for_its_lines_is_cut_with_an_ellipsis():
    lines = wrap("a" * 400, 100, 14, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(measure(line, 14) <= 100 for line in lines)


def test_a_story_of_sixty_reports_is_as_narrow_as_one_of_five(account):
    many = copy.deepcopy(account)
    story = many["stories"][1]
    for i in range(60):
        story["witnesses"].append({"id": f"n{i}", "siglum": f"N{i}", "report": "r-a", "name": None})
        above = "w-1" if i % 7 == 0 else f"n{i - 1}"
        story["derivations"].append({**story["derivations"][0], "child": f"n{i}", "parent": above})
    root = drawn(many)
    assert root.get("viewBox").split()[2] == str(WIDTH)
    assert all(float(t.get("x")) < WIDTH - 80 for t in root.iterfind(".//s:text", NS))


def test_for_print_a_long_drawing_is_cut_between_its_rows_and_nothing_is_lost():
    sigla = [f"R{i}" for i in range(60)]
    told, reports = story(dict.fromkeys(sigla), *(edge(b, a, "edited") for a, b in pairwise(sigla)))
    drawn = picture(told, reports, {}, "s1-drawing")
    boxes = [[float(n) for n in etree.fromstring(sheet).get("viewBox").split()] for sheet in drawn.sheets]
    root = etree.fromstring(drawn.svg)
    assert boxes[0][1] == 0
    assert all(top + height == next_top for (_, top, _, height), (_, next_top, _, _) in pairwise(boxes))
    assert boxes[-1][1] + boxes[-1][3] == float(root.get("height"))
    assert all(height <= 700 for *_, height in boxes)
    baselines = [float(t.get("y")) for t in root.iterfind(".//s:text", NS)]
    assert not [cut for _, cut, *_ in boxes[1:] for y in baselines if y - 10 < cut < y + 3]
    assert len(places(root)) == 60


def test_a_short_drawing_is_printed_as_it_is(account):
    reports = {r["id"]: r for r in account["reports"]}
    assert picture(account["stories"][1], reports, {}, "s1-drawing").sheets == ()


def test_the_drawing_is_an_image_with_a_title_and_a_description(account):
    root = drawn(account)
    assert root.get("role") == "img"
    assert root.findtext("s:title", namespaces=NS) == "Stemma: 5 reports, 3–4 independent origins"
    assert root.findtext("s:desc", namespaces=NS)


def test_a_house_that_is_cited_for_a_sentence_is_named_under_the_drawing():
    sign = {"signs": [{"sign": "citation", "weight": 3.0, "reason": "r"}]}
    told, reports = story(dict.fromkeys("AB"), edge("A", "α", "rewrite", 0.04, credited=True) | sign, lost="α")
    told["witnesses"][0]["name"] = "Nordwire"
    root = drawing(told, reports)
    assert "α" not in places(root)
    assert "also cited in a sentence or two: Nordwire in A" in " ".join(words(root))
