"""Every number that decides how a draft is read, what it is put beside, and how much of a finding is shown.

tests/drafts/test_thresholds.py moves each by a third and sees one of these change.
"""

WRAPPED = 100
"""Characters of the longest line of a text whose paragraphs are broken into lines."""
NEAREST = 20
"""Reports of one language whose stories are read. Of 160 drafts cut from reports of 4,915 in 2,030 stories 152 stand beside the
story that their report is of, and 151 by the words of all texts, which takes forty times as long."""
MOST_OTHERS = 3
"""Words of other reports that are shown with one finding."""
WIDTH, BEFORE = 80, 20
"""Columns of what is printed, and how many characters of a long line are shown before the words."""
EXCERPT = 200
"""Characters of another report's words that are shown."""
