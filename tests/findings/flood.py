"""The flood of Varnholm, an invented event: its reports, and what the tests of this room ask of their findings."""

from claims.invented import deep, kinds, report

PROSE = """The sea dyke at Varnholm gave way shortly before dawn on Thursday, and the lower town stood in water by seven.
Families were led out of their kitchens in fishing boats while the fire brigade pumped the cellars of the old hospital.
The water board had planned to raise the dyke by half a metre next spring, when the herring boats are out at sea.
Shops along the quay lost their stock, and the school on Rope Street will stay shut until the beginning of the term.
"""
QUOTED = "“We had eleven minutes between the first crack and the water in the market square,” said water bailiff Oda Lemmerich."
ASIDE = "Later that evening Oda Lemmerich, hoarse and still in her boots, described what she saw: "
CAVEAT = "The Courier could not independently verify her account."
SAID_TOO = "Water bailiff Oda Lemmerich told reporters on the bridge that 340 homes were lost in that part of town."
SAID = "Oda Lemmerich, the water bailiff, said that 340 homes had been lost in the lower town."


def original(*lines, name="Varnholm Courier", day="2031-10-03T06:00:00+00:00"):
    return report(name, "\n".join([PROSE, *lines]), day)


def copy(*lines, name="Quay Gazette", day="2031-10-04T09:00:00+00:00", prose=PROSE):
    return report(name, "\n".join([prose, *lines]), day)


def independent(*lines, name="Lund Observer", day="2031-10-03T11:00:00+00:00"):
    own = """Rescue crews from three counties reached the flooded port of Varnholm by noon, the governor's office reported.
Trains to the coast were cancelled, and the army sent two helicopters with blankets and drinking water.
Engineers blamed a burrow of muskrats under the northern slope, which inspectors had noted twice without repairing it.
Hotels on higher ground opened their ballrooms, bakers brought bread, and a choir sang for the children after dark.
"""
    return report(name, "\n".join([own, *lines]), day)


def draft(*lines):
    """A draft that has the original's telling, with its credit."""
    return report("The draft", "\n".join([PROSE, *lines, "First printed by the Varnholm Courier."]), "2031-10-05T06:00:00+00:00")


def of_kind(rows, kind):
    return [f for f in rows["finding"] if f.kind == kind]


def words_of(finding, *reports):
    texts = {r.id: r.text for r, _ in reports}
    return [texts[e.report][e.start : e.end] for e in finding.evidence]


def one_change_silences(kind, shown, silent):
    """Assert that a story, a tuple of reports, has a finding of a kind, and the same story with one change has none."""
    assert kind in kinds(deep(*shown))
    assert kind not in kinds(deep(*silent))
