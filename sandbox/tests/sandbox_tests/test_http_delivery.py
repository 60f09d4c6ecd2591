"""Signed HTTP delivery to a real Bolt app behind a plain HTTP server.

Sources: docs.slack.dev/authentication/verifying-requests-from-slack, /apis/events-api (url_verification,
retries, X-Slack-No-Retry), /reference/app-manifest for the request URLs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier

from sandbox import Sandbox, Settings
from sandbox.http_delivery import signature
from sandbox_tests.kit import (
    ALL_EVENTS,
    Json,
    button,
    config,
    eventually,
    field_block,
    modal,
    option,
    web_client,
)


@dataclass
class Site:
    """An app's web server; ``app`` answers unless ``canned`` says what to answer."""

    url: str
    app: App | None = None
    canned: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    heard: list[tuple[dict[str, str], str]] = field(default_factory=list)
    delay: float = 0.0

    def answer(self, headers: dict[str, str], body: str) -> tuple[int, dict[str, str], str]:
        """Return status, headers and body."""
        self.heard.append((headers, body))
        time.sleep(self.delay)
        if self.canned:
            return self.canned.pop(0)
        assert self.app is not None
        answer = self.app.dispatch(BoltRequest(body=body, headers={k: [v] for k, v in headers.items()}))
        return answer.status, {k: v[0] for k, v in answer.headers.items()}, answer.body or ""


def _handler(sites: list[Site]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            headers = {k.lower(): v for k, v in self.headers.items()}
            status, more, text = sites[0].answer(headers, body)
            self.send_response(status)
            for name, value in {**more, "content-length": str(len(text.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Stay silent."""

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server for an app."""
    sites: list[Site] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(sites))
    server.daemon_threads = True
    sites.append(Site(f"http://127.0.0.1:{server.server_address[1]}/slack/events"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield sites[0]
    server.shutdown()
    server.server_close()


@pytest.fixture
def slack(site: Site) -> Iterator[Sandbox]:
    """A workspace that delivers to that server, with a Bolt app behind it."""
    with Sandbox(config(url=site.url, events=ALL_EVENTS), rate_clock="off", time_scale=0.001) as running:
        site.app = App(name="Site", client=web_client(running), signing_secret=running.signing_secret)
        yield running


@pytest.fixture
def impatient(site: Site) -> Iterator[Sandbox]:
    """The same, which waits 0.2 s for acknowledgements."""
    settings = Settings(rate_clock="off", ack_seconds=0.2, time_scale=0.001)
    with Sandbox(config(url=site.url, events=ALL_EVENTS), settings=settings) as running:
        site.app = App(name="Site", client=web_client(running), signing_secret=running.signing_secret)
        yield running


def test_the_signature_is_slacks(slack: Sandbox) -> None:
    """Example from docs.slack.dev, checked by slack_sdk's own verifier."""
    body = b"token=abc&command=%2Fweather"
    made = signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body)
    verifier = SignatureVerifier("8f742231b10e8888abcd99yyyzzz85a5")
    assert verifier.generate_signature(timestamp="1531420618", body=body) == made
    assert made.startswith("v0=")


def test_bolt_accepts_commands_clicks_and_modals(slack: Sandbox, site: Site) -> None:
    """Bolt checks signature and timestamp of every request and answers 401 when they are wrong."""
    app, ana = site.app, slack.add_person("Ana Example", announce=False)
    assert app is not None

    @app.command("/tiny")
    def command(ack: Any, body: Json, client: Any) -> None:
        menu = {"type": "external_select", "min_query_length": 1}
        client.views_open(
            trigger_id=body["trigger_id"], view=modal(field_block("Pick", "b", menu), callback_id="f")
        )
        ack("opened")

    app.options("it")(lambda ack, payload: ack(options=[option(payload["value"])]))

    @app.view("f")
    def submitted(ack: Any, body: Json, client: Any, view: Json) -> None:
        ack()
        chosen = view["state"]["values"]["b"]["it"]["selected_option"]["value"]
        client.chat_postMessage(channel=body["user"]["id"], text=chosen, blocks=[button("Go")])

    app.action("go")(lambda ack, respond: (ack(), respond("went", replace_original=True)))
    assert ana.types("/tiny").text == "opened"
    ana.fills("Pick", "blue")
    assert ana.submits().closed
    ana.waits_to_see("blue")
    assert ana.clicks("Go").ok
    assert ana.waits_to_see("went").edited
    kinds = {h["content-type"] for h, body in site.heard if not body.startswith("{")}
    assert kinds == {"application/x-www-form-urlencoded"}


def test_events_follow_url_verification(slack: Sandbox, site: Site) -> None:
    app, heard = site.app, []
    assert app is not None
    app.event("team_join")(lambda event: heard.append(event["user"]["id"]))
    ana = slack.add_person("Ana Example")
    assert slack.settle()
    assert heard == [ana.id]
    assert '"type": "url_verification"' in site.heard[0][1]
    assert slack.verify_request_url()


def test_an_unverified_url_gets_no_events(slack: Sandbox, site: Site) -> None:
    site.canned = [(200, {}, "whatever")]
    slack.add_person("Ana Example")
    assert slack.settle()
    assert len(site.heard) == 1, "only the challenge"
    site.canned = [(500, {}, "")]
    assert not slack.verify_request_url()


def test_failed_events_come_again_with_headers(slack: Sandbox, site: Site) -> None:
    """x-slack-retry-num 1..3 and x-slack-retry-reason (bolt-python#845)."""
    assert slack.verify_request_url()
    site.heard.clear()
    site.canned = [(500, {}, "")] * 4
    slack.add_person("Ana Example")
    assert slack.settle()
    nums = [h.get("x-slack-retry-num") for h, _ in site.heard]
    reasons = [h.get("x-slack-retry-reason") for h, _ in site.heard]
    assert nums == [None, "1", "2", "3"]
    assert reasons == [None, "http_error", "http_error", "http_error"]
    assert len({body for _, body in site.heard}) == 1


def test_no_retry_header_ends_it(slack: Sandbox, site: Site) -> None:
    assert slack.verify_request_url()
    site.heard.clear()
    site.canned = [(500, {"X-Slack-No-Retry": "1"}, "")]
    slack.add_person("Ana Example")
    assert slack.settle()
    assert len(site.heard) == 1


def test_slow_events_time_out_and_come_again(impatient: Sandbox, site: Site) -> None:
    assert eventually(impatient.verify_request_url), "unless a busy machine was late for once"
    site.delay = 0.7
    site.canned = [(200, {}, "")] * 4
    impatient.add_person("Ana Example")
    assert impatient.settle()

    def reasons() -> list[str]:
        return sorted(h.get("x-slack-retry-reason", "") for h, body in site.heard if "team_join" in body)

    assert eventually(lambda: reasons() == ["", *["http_timeout"] * 3])


@pytest.mark.parametrize(
    ("canned", "error"),
    [((500, {}, ""), "http_service_error"), ((404, {}, ""), "http_service_error")],
)
def test_failed_commands(slack: Sandbox, site: Site, canned: Any, error: str) -> None:
    ana = slack.add_person("Ana Example", announce=False)
    site.canned = [canned]
    assert ana.types("/tiny").error == f'/tiny failed with the error "{error}"'


def test_slow_and_absent_apps(impatient: Sandbox, site: Site) -> None:
    ana = impatient.add_person("Ana Example", announce=False)
    site.delay, site.canned = 0.7, [(200, {}, "")]
    assert ana.types("/tiny").error == '/tiny failed with the error "operation_timeout"'
    with Sandbox(config(url="http://127.0.0.1:9/nobody")) as lonely:
        ben = lonely.add_person("Ben Example")
        assert ben.types("/tiny").error == '/tiny failed with the error "dispatch_failed"'


def test_plain_text_answers_a_command(slack: Sandbox, site: Site) -> None:
    ana = slack.add_person("Ana Example", announce=False)
    site.canned = [(200, {"content-type": "text/plain"}, "plain words")]
    assert ana.types("/tiny").text == "plain words"
