"""How time expressions are found and read: patterns, calendar, tense, values.

`mentions.times` is the door.
"""
