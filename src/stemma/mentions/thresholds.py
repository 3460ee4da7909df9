"""Numbers that decide what a figure, a time or a place is read as.

Set on the development parts of the sets that the floors in tests/mentions name (figures, times, TR-News and GeoVirus).
"""

# Figures
LAST_DIGIT, LEAST_ABOUT, MOST_ABOUT = 0.5, 0.05, 0.15
"""What "about 430" may be off by: half of its last digit that is not zero, but at least and at most these shares of it."""
ABOUT_SHARE, ABOUT_SMALL_SHARE = 2.0, 0.2
"""What a share in words ("a third") may be off by: percentage points, or, where it is small, this part of it."""
NEARLY_DOZENS = 0.9
"""The part of a vague number that is reached where it is not quite ("nearly a thousand")."""
CONVERSION = 0.1
"""How far a number in brackets may be off to be the same in another unit: newsrooms round."""
WHOLE_FIGURES, WHOLE_CHARACTERS = 12, 160
"""How far back the whole of "21 of them" is looked for."""

# Times
ANNOUNCED_DAYS = 14
"""Days within which a date without a year is still to come, even in a clause that the parse takes for past."""
NEXT_YEAR_PASSED, NEXT_YEAR_COMING = 9, 7
"""Months since a month from which, where the tense says nothing, the next one is meant: passed this year, or last year."""
YEARS_AHEAD, NEWEST_YEAR = 5, 2030
"""Years to come that a year in two digits may still mean, and what counts as this year where a report has no date."""
HOLIDAY_DAYS = 60
"""Days before a named day within which, where the tense says nothing, the coming one is meant."""

# Places
BIG, SMALL = 100_000, 2_000
"""People from which a place is known without the words around it, and from which the tagger's word alone makes a place."""
COUNTRYWIDE = 2_000_000
"""People from which an area of no other kind is as well known as a country."""
SPOT = 100_000
"""The most people, as the gazetteer counts its own list, of an area of no other kind that is one spot: a site, an airport."""
ROUNDS = 3
"""How often the report's other places are asked again after they may have changed."""
ASKED = 60
"""How many of a report's names, the most printed first, are asked about the others; a gazette may hold thousands."""
CONTAINED = 6.0
"""Weight of a containing place right after the name ("Paris, Texas"), in powers of ten of people as all weights."""
PROVED = 4.0
"""By how much the best reading of a name must outweigh another to count for all: a container proves it."""
COMPANY = 2.2
"""Weight of the other places, for each doubling of their support."""
NEAR, SAME_STATE, SAME_COUNTRY = 1.0, 0.5, 0.25
"""Support of another place that is near, or in the same province or country."""
NEARBY = 100.0
"""Kilometres within which another place speaks for a namesake."""
COMPATRIOTS = 3
"""Names of places of one country beside which a small town of another, of which nothing else is named, is a namesake."""
CALLED = 3
"""How often as much as a place a story must print a town's name as a thing's ("Ayton Bay") for it to be the thing."""
ELSEWHERE = 2.0
"""Weight of what a name means in most of the story's other reports."""
OTHER_NAME = -2.0
"""Weight of a name that is not the place's own but one of its others."""
FITS, MISFITS = 2.0, -1.0
"""Weight of a place of the kind that the word beside the name says, and of another ("Kursk region")."""
SEATED = -2.0
"""Weight of a province whose seat has the same name, which is what the bare name means."""
SEAT_SHARE = 1 / 8
"""The share of a province's people from which a city of its name is its seat."""
KIND = {
    "country": 2.0, "continent": 3.0, "capital": 1.5, "sea": 1.5, "river": 0.0,
    "region": 0.5, "county": -1.5, "city": 0.0, "other": 0.5,
}  # fmt: skip
"""Weight of each kind of place."""
