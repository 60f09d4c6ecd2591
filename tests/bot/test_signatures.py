"""What the operator is warned of when requests do not fit the signing secret."""

from __future__ import annotations

from bot.transport.signatures import WARN_EVERY, Signatures


def test_once_a_minute_and_never_after_the_first_that_fits() -> None:
    time = [0.0]
    signatures = Signatures(lambda: time[0])
    assert "1 had a signature of another one" in signatures.refused()
    assert signatures.refused() == ""
    time[0] += WARN_EVERY
    assert "3 had" in signatures.refused()
    signatures.fitted()
    time[0] += WARN_EVERY
    assert signatures.refused() == ""
