"""files.*: the two-step upload.

Sources: docs.slack.dev/messaging/working-with-files and the error tables in slack-ruby/slack-api-ref;
slack_sdk's files_upload_v2 is the client.
"""

from __future__ import annotations

from slack_sdk import WebClient

from sandbox import Person, Sandbox
from sandbox_tests.kit import error_of, http


def test_upload_through_slack_sdk(client: WebClient, ana: Person) -> None:
    done = client.files_upload_v2(
        channel=ana.dm.id, content="a,b\n1,2\n", filename="report.csv", title="Report", initial_comment="Here"
    )
    assert (done["file"]["title"], done["file"]["size"]) == ("Report", 8)
    message = ana.waits_to_see("Here")
    history = client.conversations_history(channel=message.channel)["messages"]
    assert history[0]["files"] == [{"id": done["file"]["id"]}]
    assert client.files_info(file=done["file"]["id"])["file"]["mimetype"] == "text/csv"
    client.files_delete(file=done["file"]["id"])
    assert error_of(client.files_info, file=done["file"]["id"]) == "file_deleted"


def test_upload_refusals(slack: Sandbox, client: WebClient, ana: Person) -> None:
    foreign = slack.add_channel("foreign", [ana])
    call = client.files_getUploadURLExternal
    assert error_of(call, filename="a.txt", length=0) == "missing_argument"
    first = call(filename="a.txt", length=3)
    complete = client.files_completeUploadExternal
    files = [{"id": first["file_id"], "title": "A"}]
    assert error_of(complete, files=files) == "file_not_found", "nothing was uploaded yet"
    assert http(first["upload_url"] + "x", b"abc").status == 404
    assert http(first["upload_url"], b"abc").text == "OK - 3"
    assert error_of(client.files_info, file=first["file_id"]) == "file_not_found", "not completed yet"
    assert error_of(complete, files=files, channel_id=foreign.id) == "not_in_channel"
    assert error_of(complete, files=files, channel_id="C404") == "channel_not_found"
    assert error_of(complete, files=[{"id": "F404", "title": "x"}]) == "file_not_found"
    assert error_of(complete, files=files, channels=["C1"] * 101) == "channels_limit_exceeded"
    assert error_of(complete, files=files, channel_id=ana.id) == "invalid_arguments", (
        "a person is no conversation"
    )
    assert complete(files=files)["ok"]


def test_only_own_files_and_open_channels(slack: Sandbox, client: WebClient) -> None:
    room = slack.add_channel("room", bot=True)
    slack.archive(room)
    upload = client.files_getUploadURLExternal(filename="a.txt", length=3)
    http(upload["upload_url"], b"abc")
    files = [{"id": upload["file_id"], "title": "A"}]
    complete = client.files_completeUploadExternal
    assert error_of(complete, files=files, channel_id=room.id) == "posting_to_channel_denied"
    assert error_of(client.api_call, api_method="files.completeUploadExternal", json={"files": [1]}) == (
        "invalid_arguments"
    )
    theirs = slack.backend.files.reserve("b.txt", 1, "U404")
    assert error_of(client.files_delete, file=theirs.id) == "cant_delete_file"


def test_an_app_fetches_files_with_its_token(slack: Sandbox, client: WebClient, ana: Person) -> None:
    """``url_private`` and ``url_private_download`` need a token with ``files:read`` (file object)."""
    done = client.files_upload_v2(channel=ana.dm.id, content="a,b", filename="my report.csv")
    file = client.files_info(file=done["file"]["id"])["file"]
    token = {"Authorization": f"Bearer {slack.bot_token}"}
    for address in (file["url_private"], file["url_private_download"]):
        assert http(address, headers=token).text == "a,b"
        assert http(address).status == 403
    client.files_delete(file=file["id"])
    assert http(file["url_private"], headers=token).status == 404
    slack.revoke_scopes("files:read")
    assert http(file["url_private"], headers=token).status == 403
