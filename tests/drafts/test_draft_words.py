"""What a draft is told of its figures and its quotations, beside an invented story of two or three reports, by the command."""

import pytest

HTML = (
    '<!doctype html><html><head><title>{title}</title><meta property="og:site_name" content="{outlet}">'
    '<meta property="article:published_time" content="{day}"></head><body><article><h1>{title}</h1>{body}</article></body></html>'
)
CONTRACT = (
    "The council of Marlow signed a contract worth £{} for the new footbridge over the Quill on Tuesday, mayor Ida Fenwick said."
)
OPENING = "The bridge will open in {}, Fenwick said. The old footbridge was closed after a flood tore away two of its piers."
FEES = "The town will pay for it over nine years out of the parking fees of the lower quays, and no grant was asked for."
TOLL = "{} people died when the ferry Anneliese sank off Tarn Head on Sunday, the coastguard said."
STORM = "The ferry went down in a storm shortly after it had left the harbour of Tarn Head."


@pytest.fixture
def told(stemma, tmp_path):
    """Return the GitHub commands of a draft beside reports of (outlet, day, paragraphs) under one title."""

    def run(draft, *reports, title="News from Marlow", code=1):
        for n, (outlet, day, *paragraphs) in enumerate(reports):
            body = "".join(f"<p>{p}</p>" for p in paragraphs)
            (tmp_path / f"{n}.html").write_text(HTML.format(title=title, outlet=outlet, day=day, body=body), "utf-8")
        (tmp_path / "draft.txt").write_text("\n\n".join([title, *draft]), "utf-8")
        pages = [option for page in sorted(tmp_path.glob("*.html")) for option in ("--against", page)]
        done = stemma("check", "draft.txt", *pages, "--format", "github", cwd=tmp_path, code=code)
        return done.stdout.splitlines()

    return run


BRIDGE = (
    ("Marlow Post", "2021-03-02T08:00:00Z", CONTRACT.format("1.2m"), OPENING.format(2022), FEES),
    (
        "Quill Echo",
        "2021-03-02T10:00:00Z",
        "Marlow has signed a £1.2m contract for its footbridge over the Quill, mayor Ida Fenwick said.",
    ),
)


def test_a_sum_and_a_year_that_a_draft_changed_are_errors(told):
    lines = [x for x in told([CONTRACT.format("12m"), OPENING.format(2021), FEES], *BRIDGE) if "figure-conflict" in x]
    assert len(lines) == 2
    assert all(line.startswith("::error ") for line in lines)
    assert "£12 million" in lines[0]
    assert "The draft prints 2021 where Marlow Post has 2022." in lines[1]


def test_a_year_that_the_original_prints_too_was_not_changed(told):
    first = (*BRIDGE[0], "Fenwick had hoped for an opening in 2021.")
    lines = told([CONTRACT.format("1.2m"), OPENING.format(2021), FEES], first, BRIDGE[1], code=None)
    assert not [x for x in lines if "figure-conflict" in x]


FERRY = (
    ("Marlow Post", "2021-05-02T08:00:00Z", TOLL.format("Twelve"), STORM),
    ("Quill Echo", "2021-05-03T10:00:00Z", TOLL.format("Seventeen"), "Divers found five more bodies in the wreck overnight."),
)


def test_a_draft_with_an_older_toll_is_told_and_one_with_the_newest_is_not(told):
    late = told([TOLL.format("Twelve"), "Divers had worked in the wreck through the night."], *FERRY)
    assert [x for x in late if "figure-updated" in x]
    new = told([TOLL.format("Seventeen"), "Divers had worked in the wreck through the night."], *FERRY, code=None)
    assert not [x for x in new if "figure" in x]


def test_a_draft_is_no_report_that_makes_a_claim_look_widely_told(told):
    draft = [TOLL.format("Seventeen").replace(", the coastguard said", ""), "Divers had worked in the wreck through the night."]
    same = [(outlet, day, TOLL.format("Seventeen"), *rest) for outlet, day, _, *rest in FERRY]
    assert not [x for x in told(draft, *same, code=None) if "single-source" in x]
    third = ("Tarn Mail", "2021-05-03T12:00:00Z", TOLL.format("Seventeen"), "The harbour stays closed until Friday.")
    (line,) = [x for x in told(draft, *same, third) if "single-source" in x]
    assert "3 reports and the draft" in line
    # A draft that says whose word it is tells its readers.
    assert not [x for x in told([TOLL.format("Seventeen"), draft[1]], *same, third, code=None) if "single-source" in x]


@pytest.mark.parametrize(("words", "found"), [("deeply angry for this mess", True), ("deeply sorry for this mess", False)])
def test_a_word_that_a_draft_changed_in_a_short_quotation_is_told(told, words, found):
    said = "“We are {},” said Ida Fenwick, the mayor of Marlow, on the bank of the Quill."
    own = "Ida Fenwick, the mayor of Marlow, apologised on Tuesday for the footbridge over the Quill that nobody may cross."
    lines = told([own, said.format(words)], (*BRIDGE[0], said.format("deeply sorry for this mess")), code=None)
    assert bool([x for x in lines if "altered-quotation" in x]) == found
