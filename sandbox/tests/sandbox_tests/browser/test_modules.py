"""The page's small modules by themselves: mrkdwn, Markdown, dates, and lists kept in step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sandbox import AppConfig, Sandbox
from sandbox_tests.browser.sample_app import MANIFEST


@pytest.fixture(scope="module")
def bench(browser: Browser) -> Iterator[Page]:
    """A blank page of the sandbox's own origin, with one person and a clock that stands still."""
    with Sandbox(AppConfig.from_manifest(MANIFEST)) as slack:
        page = browser.new_page()
        page.goto(f"{slack.page_url}page/static/icon.svg")
        page.evaluate(
            """async () => {
              const { state, where } = await import("/page/static/js/store.js");
              state.people = [{ id: "U1", name: "Ana Example", tz: "Europe/Lisbon" }];
              state.places = [{ id: "C1", kind: "public", name: "food", members: [] }];
              state.clock.now = Date.parse("2027-01-11T09:00Z") / 1000;
              where.as = "U1";
            }"""
        )
        yield page
        page.close()


def call(bench: Page, module: str, expression: str, *arguments: Any) -> Any:
    script = (
        f"async (given) => {{ const it = await import('/page/static/js/{module}.js'); return {expression}; }}"
    )
    return bench.evaluate(script, list(arguments))


AS_HTML = """(() => {
  const box = document.createElementNS("http://www.w3.org/1999/xhtml", "p");
  box.append(...it.mrkdwn(given[0]));
  return new XMLSerializer().serializeToString(box).replace(/ xmlns="[^"]*"/g, "");
})()"""


def html(bench: Page, text: str) -> str:
    found: str = call(bench, "mrkdwn", AS_HTML, text)
    return found.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("*bold* _it_ ~gone~", "<strong>bold</strong> <em>it</em> <s>gone</s>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("*bold with _it_ inside*", "<strong>bold with <em>it</em> inside</strong>"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("a\nb", "a<br/>b"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        (":tada: :no_such_thing:", "🎉 :no_such_thing:"),
        ("<@U1>", '<span class="mention myself">@Ana Example</span>'),
        ("<#C1|old>", '<span class="mention">#food</span>'),
        ("<!date^99999999999999^{date}|some day>", "some day"),
        ("<!date^soon^{date}|some day>", "some day"),
        ("<!here>", '<span class="mention">@here</span>'),
        ("&gt; said\nso", "<blockquote>said</blockquote>so"),
        ("*<@U1>*: yes", '<strong><span class="mention myself">@Ana Example</span></strong>: yes'),
    ],
)
def test_mrkdwn(bench: Page, text: str, expected: str) -> None:
    assert html(bench, text) == expected


def test_code_blocks_keep_what_is_in_them(bench: Page) -> None:
    assert html(bench, "see\n```\n*a*\n  <@U1>\n```\nend") == (
        'see<pre tabindex="0"><code>*a*\n  &lt;@U1&gt;</code></pre>end'
    )


def test_addresses_become_links_unless_the_text_is_verbatim(bench: Page) -> None:
    links = "it.mrkdwn(given[0], given[1]).map((each) => each.getAttribute?.('href')).filter(Boolean)"
    for verbatim, found in ((False, ["https://example.com/a_b_c"]), (True, [])):
        assert call(bench, "mrkdwn", links, "see https://example.com/a_b_c.", verbatim) == found


def test_nothing_becomes_a_tag(bench: Page) -> None:
    assert "<img" not in html(bench, "<img src=x onerror=alert(1)> &lt;script&gt;")


@pytest.mark.parametrize(
    ("stamp", "form", "expected"),
    [
        ("2027-01-11T12:00Z", "{date_short_pretty} at {time}", "Today at 12:00 PM"),
        ("2027-01-12T00:30Z", "by {date_pretty}", "by tomorrow"),
        ("2027-02-21T12:00Z", "{date_long}", "Sunday, February 21st, 2027"),
        ("2027-02-21T12:00Z", "{date_short}", "Feb 21, 2027"),
        ("2027-07-03T12:00Z", "{date_num} {time}", "2027-07-03 1:00 PM"),
        ("2027-01-11T08:00Z", "{ago}", "1 hour ago"),
        ("2027-01-11T08:00Z", "{nothing}", "{nothing}"),
    ],
)
def test_dates_in_the_zone_of_the_viewer(bench: Page, stamp: str, form: str, expected: str) -> None:
    arguments = (
        "Date.parse(given[0]) / 1000, given[1], 'Europe/Lisbon', Date.parse('2027-01-11T09:00Z') / 1000"
    )
    found = call(bench, "times", f"it.dateTokens({arguments})", stamp, form)
    assert found.replace("\u202f", " ") == expected


def test_markdown(bench: Page) -> None:
    text = "# Title\n- **one**\n- [two](https://example.com)\n\n1. first\n\n> said"
    found = call(bench, "rich_text", "it.markdown(given[0]).textContent", text)
    assert found == "Titleonetwofirstsaid"
    assert call(bench, "rich_text", "it.markdown(given[0]).querySelectorAll('li').length", text) == 3


def test_markdown_lists_tasks_lines_and_tables(bench: Page) -> None:
    text = "- [x] done\n- [ ] open\n  - inside\n\n---\n\n| Dish | Price |\n| :-- | --: |\n| Soup | *4* |"
    looks = "['.task', '.indent-1', 'hr', 'th', 'td.align-right em']"
    counts = f"{looks}.map((each) => it.markdown(given[0]).querySelectorAll(each).length)"
    assert call(bench, "rich_text", counts, text) == [2, 1, 1, 2, 1]


@pytest.mark.parametrize(
    "text",
    [
        "*bold* _it_ ~gone~ `code` and plain",
        "- one\n  - inside\n- two",
        "1. first\n2. second",
        "> said\n> again",
        "```\na < b\n```",
        "see https://example.com/a and <https://example.com|there>",
        "@unknown :tada: #food",
    ],
)
def test_rich_text_reads_as_it_was_typed(bench: Page, text: str) -> None:
    assert call(bench, "rich_input", "it.asTyped(it.asRichText(given[0]))", text) == text


def test_nothing_typed_is_no_rich_text(bench: Page) -> None:
    assert call(bench, "rich_input", "it.asRichText(given[0])", " \n") is None


def test_a_kept_list_touches_only_what_changed(bench: Page) -> None:
    script = """(() => {
      const list = document.createElementNS("http://www.w3.org/1999/xhtml", "ul");
      const show = (items) => it.keyed(list, items, { key: (each) => each[0], make: (each) => it.h("li", {}, each) });
      show(["a1", "b1", "c1"]);
      const [a, , c] = list.children;
      show(["c1", "a1", "b2", "d1"]);
      const words = [...list.children].map((each) => each.textContent).join(" ");
      return [words, list.children[1] === a, list.children[0] === c];
    })()"""
    assert call(bench, "dom", script) == ["c1 a1 b2 d1", True, True]
