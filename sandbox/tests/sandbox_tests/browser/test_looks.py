"""How the page looks to those who want no motion, and to those who write from right to left."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_sdk import WebClient

from sandbox import AppConfig, Sandbox
from sandbox.browser import Visitor
from sandbox_tests.browser.gallery import MANIFEST, words

pytestmark = pytest.mark.slow

MOVING = """() => {
  const still = (look) => look.animationName === "none" && parseFloat(look.transitionDuration) === 0;
  const parts = [null, "::before", "::after", "::backdrop"];
  const moves = (each) => parts.some((part) => !still(getComputedStyle(each, part)));
  return [...document.querySelectorAll("*")].filter(moves).map((each) => each.outerHTML.slice(0, 100));
}"""
BUSY = "document.querySelectorAll('.button, .menu').forEach((each) => each.setAttribute('aria-busy', 'true'))"


def test_nothing_moves_for_those_who_want_no_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    with Sandbox(AppConfig.from_manifest(MANIFEST)) as slack:
        slack.add_channel("food", [slack.add_person("Ana Example", admin=True)], bot=True)
        visitor = Visitor(page, slack.page_url)
        visitor.goes_to("food")
        visitor.presses("New message")
        page.evaluate(BUSY)
        assert page.evaluate(MOVING) == []
        assert page.evaluate("document.getAnimations().length") == 0
        page.emulate_media(reduced_motion="no-preference")
        assert page.evaluate("document.getAnimations().length") > 0, "there was something that could move"


HEBREW = "נועה לדוגמה"
ARABIC = "مرحبا بالجميع"
WRONG = """() => {
  const rtl = /^[^\\p{L}]*[\\u0590-\\u08ff]/u;
  const texts = (each) => [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data);
  const said = (each) => (each.matches("input, textarea") ? each.value : texts(each).join(""));
  const wrong = (each) => rtl.test(said(each)) && getComputedStyle(each).direction !== "rtl";
  const all = [...document.querySelectorAll("body *:not([aria-hidden=true], script, .sr)")];
  return all.filter(wrong).map((each) => each.outerHTML.slice(0, 160));
}"""


def test_text_that_runs_from_right_to_left_does_so(page: Page) -> None:
    option = {"text": words(ARABIC), "value": "a", "description": words(HEBREW)}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": words(HEBREW)},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": f"{ARABIC} *{HEBREW}*"},
            "fields": [words(HEBREW)],
        },
        {"type": "context", "elements": [words(ARABIC)]},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "text": words(ARABIC)},
                {"type": "checkboxes", "action_id": "c", "options": [option]},
                {"type": "static_select", "action_id": "s", "options": [option], "initial_option": option},
            ],
        },
        {"type": "markdown", "text": f"# {HEBREW}\n- {ARABIC}\n\n> {HEBREW}"},
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": HEBREW}], [{"type": "raw_text", "text": ARABIC}]],
        },
        {"type": "data_table", "caption": HEBREW, "rows": [[{"type": "raw_text", "text": ARABIC}]] * 2},
        {
            "type": "data_visualization",
            "title": ARABIC,
            "chart": {"type": "pie", "segments": [{"label": HEBREW, "value": 1}]},
        },
        {"type": "card", "title": words(HEBREW), "body": words(ARABIC)},
    ]
    with Sandbox(AppConfig.from_manifest(MANIFEST)) as slack:
        noa = slack.add_person(HEBREW, admin=True)
        food = slack.add_channel("food", [noa], bot=True)
        noa.says(ARABIC, food)
        visitor = Visitor(page, slack.page_url)
        visitor.goes_to("food")
        WebClient(token=slack.bot_token, base_url=slack.api_url).chat_postMessage(
            channel=food.id, text="x", blocks=blocks
        )
        expect(page.locator("#messages .block")).to_have_count(len(blocks))
        page.locator("#composer-text").fill(ARABIC)
        visitor.newest.get_by_role("combobox").click()
        expect(page.get_by_role("option", name=ARABIC)).to_be_visible()
        page.get_by_text("Show the numbers").click()
        assert page.evaluate(WRONG) == []
        page.evaluate(
            "document.querySelectorAll('[dir=auto]').forEach((each) => each.removeAttribute('dir'))"
        )
        assert len(page.evaluate(WRONG)) > 20, "the rule finds what it is meant to find"
