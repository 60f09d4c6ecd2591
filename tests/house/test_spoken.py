"""Names and moments in answers are Slack's own, and what somebody typed is shown as it was typed."""

from __future__ import annotations

import re

from tests.house import spoken

_AS_CODE = re.compile(r"&lt;@[UW]\w+&gt;|&lt;!date\^\d{9,}|&amp;(?:amp|lt|gt);")
"""A mention, a moment or a typed sign that was escaped once too often."""


def test_no_answer_shows_a_mention_or_a_moment_as_code() -> None:
    told = [reply.text for reply in spoken.replies()]
    assert len(told) > 100
    assert [one for one in told if _AS_CODE.search(one)] == []
