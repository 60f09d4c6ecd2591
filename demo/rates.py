"""Rates: how often the cast does what, so that weeks of it look like a program and not like a machine.

How often pairs meet is that of a short pilot, every two weeks; published programs mostly met once a month (PwC,
Linklaters, the NHS), which six weeks would show too little of. No study tells how many people fall silent, leave or ask
for help in a week: those rates are ours, chosen so that a visitor who lets three months pass sees each of these things
happen a few times among forty people, and most pairs go on.
"""

from __future__ import annotations

MET, PLANNED = 0.5, 0.25
"""Of a pair's weeks; in the rest of them they say "Not yet"."""

NEVER_BEGINS = 0.08
"""Of the pairs: they never get to meet, and a lead hears of it."""

SEES_IT_OTHERWISE = 0.1
"""Of the answers: not what the partner would say about the same week."""

SIGNS = 0.9
"""Of those who are introduced sign what the two agree on."""

SAYS_WHEN = 0.9
"""Of the answers "Planned": they say when, too, unless their partner has."""

REFLECTS = 0.6
"""Of the answers "We met": they tap how it was, too."""

LIKED_IT = 0.85
"""Of these taps are glad ones."""

HELP = 0.02
"""Of the answers are calls for help."""

ANSWERS_NOW = 0.65
"""Of those with an open question answer it in each few working hours."""

BUSY = 0.08
"""Of somebody's weeks: they answer the reminder and not the question."""

FALLS_SILENT = 0.012
"""Of somebody's weeks are the first of several without a word."""

SILENT_WEEKS = 5
"""So long that lasts: the bot pauses whoever says nothing for three."""

COMES_BACK = 0.3
"""Of those whom the bot paused and who read on take part again, in each week."""

TAKES_A_BREAK = 0.015
"""Of somebody's weeks begin a break of two weeks: holidays, a deadline."""

LEAVES = 0.004
"""Of somebody's weeks are their last in the program: about one in ten leaves within half a year."""

JOINS = 0.02
"""New people in a week, for each one who is there."""

FEWEST_JOIN = 0.5
"""New people in a week in a small company, on average."""

SIGNS_UP = 0.2
"""Of those who heard of a new program and like it join in each few working hours."""

DECLINED = 0.1
"""Of the proposed pairs are declined by a lead."""
