"""All numbers that decide in deduplication, each with its reason. `benchmarks/dedupe_leave_one_out.py` moves
them one by one; what a module does read at its own lines is only how it uses them.

Lengths are in letters of folded text unless noted, ratios are shares of letters that agree in
order (0..1).
"""

from __future__ import annotations

# ---- which records are compared ----------------------------------------------------------------

TITLE_EDGE = 18
"""Letters at either end of a title that make a key: enough to be rare, few enough to lie before a slip."""
KEY_WORDS, KEY_WORD_LETTERS = 4, 4
"""A title's longest words that make keys in pairs, and how long a word must be to be one of them."""
ABSTRACT_EDGE, ABSTRACT_EDGE_READ = 40, 110
"""Letters at either end of an abstract that make a key, and how much of the raw text holds them surely."""
WINDOW = 12
"""Each record of a block is paired with so many that follow it."""
RECURRING_TITLE = 40
"""A title of no more characters may stand over many works ("Guest editorial"): the same people meet first."""
LARGEST_WEAK_BLOCK = 12
"""Two title words that more records than this share are no reason to compare them."""
GLANCE = 0.63
"""Titles less alike, found by a few letters only, are not looked at closer."""

# ---- merged papers -----------------------------------------------------------------------------

ENTRIES_JUDGED, EQUAL_ENTRIES = 12, 2
"""More entries of one paper, or copies of one entry, add no evidence; so no paper is costly."""

# ---- titles ------------------------------------------------------------------------------------

TITLE_READ = 1000
"""No title needs more characters, and a dump may hold one of megabytes."""
READING_WORDS = 4
"""So many words may be a title of their own: a translation, what a notice corrects."""
SHORT_TAG = 25
"""What stands in square brackets before a title is a tag up to this length, a translated title beyond it."""
TITLE_PART, TITLE_INSIDE = 10, 25
"""A shorter beginning or end of a title is no title, nor is what stands in the middle of a longer one."""
LIGATURES_LOST = 20
"""Shorter titles that differ in "fi" or "fl" may differ in words."""
STYLED_LETTERS, STYLED_WORDS, STYLED_SHARE = 4, 2, 0.7
"""Words that show how a title is capitalised: their length, how many it takes, and how many must be alike."""
NEAR_TITLE = 0.72
"""Titles less alike are two titles, whatever words they share."""
LONGER_TITLE_SHARE = 0.5
"""A title that is the lesser part of another is not that title with words added."""
CUT_TITLE_WORDS = 12
"""The last word of a title of so many words may be cut."""
COMPOUND = 6
"""A shorter word is no compound of two ("postoperative")."""
SLIP, SLIPS = 5, 8
"""Letters of a word that may have one slip of the pen, and two: "LoRA" and "DoRA" are two words."""
ENDING = 4
"""Words that begin with as many equal letters as a slip takes may end in so many others."""
LABEL_WORDS, LABELLED_WORDS = 2, 3
"""Words of a label ("Chapter 7") at most, and words of a title that may have one at least."""
MISSPELT_LETTERS = 2
"""Letters by which a misspelt word may be off beyond a slip."""
NEGATED_WORDS = 2
"""So few words that differ, one of them "non", are the whole difference of two titles."""
SERIAL_WORDS = 3
"""So few words added, all of them numbers ("Part II"), make a numbered part."""
SHORT_TITLE = 2
"""A title of fewer content words may be anyone's."""
BRIEF_TITLE = 2
"""Titles of no more content words ("Lung cancer") come back over the years."""
TELLING_TITLE = 6
"""A title of so many content words does not come back the year after."""
TOPIC_TITLE, TOPIC_YEARS = 5, 2
"""A title of fewer words may be a topic on which one group wrote several works; with its subtitle in the
other record one word less will do, unless more years lie between."""
UNIQUE_TITLE, UNIQUE_TITLE_RATIO = 8, 0.88
"""A title of so many words is one work's, if so much of it agrees."""
SURROUNDED_TITLE = 3
"""A title of so many words may have names, the venue or the year around it in another record."""
SLIPPED_TITLE = 6
"""A title of so many words may have a slip that several people and the year outvote."""

# ---- people ------------------------------------------------------------------------------------

INITIALS = 3
"""So many capitals together are initials ("JAM")."""
AUTHORS_READ, NAME_READ = 40, 200
"""How many names of a list, and how many characters of a name, are compared."""
SAME_PEOPLE = 0.6
"""This share of the shorter list must be in the other one: lists are cut and names misspelt."""
MISSPELT_NAME = 5
"""A shorter family name has no room for a slip."""
SEVERAL_PEOPLE = 3
"""So many people beyond doubt outvote a slip in the title."""

# ---- abstracts ---------------------------------------------------------------------------------

ABSTRACT_COMPARED = 4000
"""Characters of an abstract that are compared."""
ABSTRACT_SAYS_SOMETHING, LONG_ABSTRACT = 40, 150
"""A shorter abstract is no evidence; one so long supports a title."""
CUT_ABSTRACT = range(180, 201)
"""Pages cut abstracts at about 190 characters."""
CLOSING = 200
"""So near the end stands the line of a database or a publisher ("© 2016 …")."""
SAME_ABSTRACT, CLOSE_ABSTRACT = 0.95, 0.6
"""Copies of one abstract differ in less than a twentieth; any two English texts share half their letters."""
BY_CHANCE = 0.6
"""The share of letters that any two English texts have in order: only beyond it a look at their runs pays."""
CUT_SHARE, GROWN_SHARE, REWORKED_ABSTRACT = 0.95, 0.8, 0.89
"""A text shorter than `CUT_SHARE` of another may be its beginning; one that stands in another and is shorter
than `GROWN_SHARE` of it was worked over: close, at most `REWORKED_ABSTRACT`, never the same."""
RUNS = 12
"""Fewer runs of three words are no evidence that a text stands in another."""
REWRITTEN_ABSTRACT = 0.7
"""Less of an abstract in common makes two versions of a work of one title."""
MOST_OF_AN_ABSTRACT = 0.75
"""Follow-up papers of one group share some two thirds of an abstract."""
KINDRED_ABSTRACTS = 0.85
"""The abstracts of one supplement by one group share some three quarters."""

# ---- places ------------------------------------------------------------------------------------

VENUE_READ = 300
"""A venue of a dump that is not sane is cut to so many characters."""
NAME_WORDS = 4
"""A conference's name of so many words is no journal's ("Machine Learning" is one)."""
VENUE_WORDS = 0.75
"""The share of the words of the longer name that two names of one venue have in common."""
SISTER_WORDS = 3
"""So few words more make the sister of a journal: Nature and Nature Medicine."""
ABBREVIATED, STEM = 4, 5
"""Letters that abbreviate a name at least, and of each word those that are looked at."""
BEGINNING = 3
"""Words of one name begin with so many letters alike, as their abbreviations do."""
ACRONYM = 12
"""A longer word is no acronym."""
DOIS_IN_A_ROW = 50
"""Deposits whose numbers differ by no more were made within minutes: a project and its first version."""
DEPOSIT_TITLE = 0.8
"""The titles of two such deposits of the same people are as much alike, but for a number."""
SUPPLEMENT_PAGES = 60
"""A longer range is a whole supplement, which holds many works."""
ARTICLE_PAGES = 3
"""A range of so many pages is one article's: two may hold several letters or abstracts."""
COLUMN_YEARS = 3
"""What one author has under one title in one venue in so many years is a column."""

# ---- rules -------------------------------------------------------------------------------------

UNSUPPORTED_SCORE = 0.5
"""So much a doubtful pair scores at most that has two titles, or that only title, people, venue and year
speak for."""
MISPRINTED_TITLE = 0.9
"""A number in titles more alike than this may be a misprint, where place and people agree."""
WORDS_IN_COMMON = 0.34
"""Two titles of one language for one work share this share of the shorter one's words."""
LONGER_TITLE = 0.9
"""Titles less alike than this may be two works, where one abstract is all that agrees."""
EXTENDED_TITLE = 0.8
"""The title of an extended paper has this much of that of the first one."""
ALMOST_ONE_TITLE, ONE_SLIP = 0.85, 0.92
"""Titles so much alike are worth a question; those that differ in one misprint are still more so."""

# ---- clusters ----------------------------------------------------------------------------------

VOTERS = 4
"""So many members of a group vote on what it takes in; more would vote alike."""
