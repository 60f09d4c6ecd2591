"""Journey: a pair of a program of six meetings, from an introduction that starts something to its first meeting."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from tests.journeys.town import INTRO, PROPOSAL, Town

WORKS = range(9, 17)
"""The hours at which a meeting can begin in both Lisbon and London, in winter."""


def test_from_the_introduction_to_one_of_six(town: Town) -> None:
    town.sets_up(Meetings_of_a_pair="6", How_often="Every two weeks")
    ana = town.joins("Ana Junior", "Associate", shares=["Podcasting"])
    ben = town.joins("Ben Senior", "Director", wants=["Podcasting"])
    town.lives_until(PROPOSAL + timedelta(hours=1))
    town.approves_all()
    town.lives_until(INTRO + timedelta(hours=1))

    (group,) = ben.group_dms()
    (intro,) = ben.messages(group)
    assert intro.buttons == ("I agree", "How to begin")
    assert f"@{ben.name}, choose one of these" in intro
    offered = [
        datetime.fromtimestamp(int(one), UTC) for one in re.findall(r"<!date\^(\d+)\^", str(intro.blocks))
    ]
    assert len(offered) == 3
    assert all(one.hour in WORKS and one.weekday() < 5 for one in offered)

    # Ben opens what is behind the button, and puts the first time into his calendar.
    ben.clicks("How to begin", intro)
    shown = ben.waits_for_modal()
    assert "The senior of you answers first" in shown.text
    links = re.findall(r"<(https://calendar\.google\.com[^|]+)\|", str(shown.blocks))
    (dates,) = parse_qs(urlsplit(links[0].replace("&amp;", "&")).query)["dates"]
    begins = datetime.strptime(dates.split("/")[0], "%Y%m%dT%H%M%S%z")
    assert begins == offered[0]

    ben.closes_modal()

    # Both sign, each with one tap, and both see it.
    for person in (ben, ana):
        person.clicks("I agree", person.messages(group)[0])
        town.quiet()
    assert "Agreed by all of you" in ana.messages(group)[0]
    assert ana.messages(group)[0].buttons == ("How to begin",)

    # They meet, and one of them says so: it is one of six for both.
    town.lives_until(INTRO + timedelta(days=9))
    ben.clicks("We met", containing="Have you and")
    town.quiet()
    assert "That makes 1 of 6 meetings." in ben.waits_to_see("That makes 1 of 6")
    assert "*So far:* 1 of 6 meetings." in ana.messages(group)[0].text
    assert "1 of 6 meetings" in ana.types("/reverse-mentor status").text
    assert "Meeting 2 with" in ana.types("/reverse-mentor meeting").text
