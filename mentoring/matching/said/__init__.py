"""What the codes say, in US English: made where somebody reads it, and stored nowhere."""

from mentoring.matching.said.alone import stop
from mentoring.matching.said.compared import changes, loss
from mentoring.matching.said.helps import helps
from mentoring.matching.said.pairs import ranked, reason, skills, unranked
from mentoring.matching.said.rules import NOT_FREE, broken

__all__ = ["NOT_FREE", "broken", "changes", "helps", "loss", "ranked", "reason", "skills", "stop", "unranked"]
