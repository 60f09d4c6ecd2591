"""What a message carries, so that it is known again."""

from __future__ import annotations

import pytest

from handlers.marks import carrying, marked, name_in, token_in

TOKEN = "0123456789abcdef" * 2
BLOCKS = [{"type": "section"}, {"type": "actions"}, {"type": "actions", "block_id": "old"}]


def test_each_row_of_buttons_carries_the_name_in_a_block_id_of_its_own() -> None:
    section, *rows = marked(BLOCKS, TOKEN)
    assert section == {"type": "section"}
    ids = [row["block_id"] for row in rows]
    assert len(set(ids)) == 2
    assert {name_in(one, None) for one in ids} == {TOKEN[:16]}
    assert BLOCKS[2]["block_id"] == "old", "what was given stays"


def test_an_updated_message_has_new_block_ids() -> None:
    first, second = (marked(BLOCKS, TOKEN, version)[1]["block_id"] for version in (1, 2))
    assert first != second
    assert name_in(first, None) == name_in(second, None)


def test_the_metadata_tells_where_the_block_does_not() -> None:
    assert token_in(carrying(TOKEN)) == TOKEN
    assert name_in("b", carrying(TOKEN)) == TOKEN[:16]


@pytest.mark.parametrize(
    ("block", "metadata"),
    [
        ("", None),
        ("row-", "text"),
        ("row-0123-1-1", {}),
        ("row-0123456789ABCDEF-1-1", {"event_type": "another", "event_payload": {"id": TOKEN}}),
        ("answer-0", {"event_type": "reverse_mentor_message", "event_payload": [TOKEN]}),
        ("b", {"event_type": "reverse_mentor_message", "event_payload": {"id": 7}}),
    ],
)
def test_what_is_not_ours_has_no_name(block: str, metadata: object) -> None:
    assert name_in(block, metadata) == ""
