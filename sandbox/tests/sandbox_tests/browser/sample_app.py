"""Lunch: a Slack app as Slack's own tutorials teach to write them, with no idea of this project.

Written after docs.slack.dev: Bolt for Python's "Getting started", "Opening modals", "Updating and pushing views",
"Listening and responding to select menu options" and "Publishing views to App Home". It takes its tokens and the
address of the Web API from the environment, as any app would.
"""

from __future__ import annotations

import os
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

DISHES = (
    "Aubergine curry",
    "Bean chili",
    "Carrot soup",
    "Dumplings",
    "Falafel",
    "Gnocchi",
    "Pad thai",
    "Pilaf",
)
PAGE = 3
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Lunch"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Lunch"},
        "slash_commands": [
            {"command": "/lunch", "description": "Order lunch", "usage_hint": "[menu | poll]"},
            {"command": "/lunch-slow", "description": "Takes too long"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["commands", "chat:write", "im:write", "channels:read", "files:write", "reactions:write"]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": plain(text), "value": text.lower().replace(" ", "-")}


def field(block_id: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    element = {"action_id": "value", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


def order_form() -> dict[str, Any]:
    days = {
        "type": "static_select",
        "options": [option(day) for day in DAYS],
        "placeholder": plain("Pick a day"),
    }
    return {
        "type": "modal",
        "callback_id": "order",
        "title": plain("Order lunch"),
        "submit": plain("Order"),
        "notify_on_close": True,
        "blocks": [
            field("dish", "Dish", {"type": "external_select", "min_query_length": 1}),
            field("day", "Day", days),
            field("with", "Eat with", {"type": "multi_users_select"}, optional=True),
            field("where", "Tell this channel", {"type": "conversations_select"}, optional=True),
            field("date", "From", {"type": "datepicker", "initial_date": "2027-01-11"}, optional=True),
            field("time", "At", {"type": "timepicker"}, optional=True),
            field("moment", "Remind me", {"type": "datetimepicker"}, optional=True),
            field(
                "portions",
                "Portions",
                {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"},
            ),
            field(
                "extras",
                "Extras",
                {"type": "checkboxes", "options": [option("Bread"), option("Salad"), option("Water")]},
                optional=True,
            ),
            field(
                "heat",
                "How hot?",
                {
                    "type": "radio_buttons",
                    "options": [option("Mild"), option("Hot")],
                    "initial_option": option("Mild"),
                },
            ),
            field(
                "note",
                "Note",
                {"type": "plain_text_input", "multiline": True, "max_length": 20},
                optional=True,
            ),
            {
                "type": "section",
                "block_id": "hint",
                "text": {"type": "mrkdwn", "text": "Want to see *everything* first?"},
                "accessory": {"type": "button", "action_id": "see_menu", "text": plain("Show the menu")},
            },
        ],
    }


def menu_page(number: int) -> dict[str, Any]:
    dishes = DISHES[number * PAGE : (number + 1) * PAGE]
    buttons = [
        {"type": "button", "action_id": f"page_{name}", "text": plain(text), "value": str(target)}
        for name, text, target in (("back", "Previous", number - 1), ("on", "Next", number + 1))
        if 0 <= target * PAGE < len(DISHES)
    ]
    return {
        "type": "modal",
        "callback_id": "menu",
        "title": plain("The menu"),
        "close": plain("Back to the order"),
        "blocks": [
            {"type": "header", "text": plain(f"Page {number + 1}")},
            *({"type": "section", "text": {"type": "mrkdwn", "text": f"• _{dish}_"}} for dish in dishes),
            {"type": "actions", "block_id": "pages", "elements": buttons},
        ],
    }


def poll(votes: str) -> list[dict[str, Any]]:
    sure = {
        "title": plain("End the poll?"),
        "text": plain("Nobody can vote after that."),
        "confirm": plain("End it"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    more = [
        {"text": plain("Remind everybody"), "value": "remind"},
        {"text": plain("Clear votes"), "value": "clear"},
    ]
    return [
        {"type": "header", "text": plain("Soup or salad? :fire:")},
        {
            "type": "section",
            "block_id": "votes",
            "text": {"type": "mrkdwn", "text": votes},
            "fields": [{"type": "mrkdwn", "text": "*Until*\n<!date^1799749800^{date_long} {time}|noon>"}],
            "accessory": {"type": "overflow", "action_id": "more", "options": more},
        },
        {
            "type": "actions",
            "block_id": "poll",
            "elements": [
                {
                    "type": "button",
                    "action_id": "vote",
                    "text": plain("Soup"),
                    "value": "Soup",
                    "style": "primary",
                },
                {
                    "type": "button",
                    "action_id": "end",
                    "text": plain("End"),
                    "style": "danger",
                    "confirm": sure,
                },
                {
                    "type": "static_select",
                    "action_id": "day",
                    "placeholder": plain("Another day"),
                    "options": [option(day) for day in DAYS],
                },
            ],
        },
        {
            "type": "context",
            "elements": [
                {"type": "image", "image_url": "https://example.com/soup.png", "alt_text": "a bowl"},
                {"type": "mrkdwn", "text": "See <https://example.com/menu|the menu> or `/lunch menu`"},
            ],
        },
        {"type": "divider"},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "Warm", "style": {"bold": True}}],
                        }
                    ],
                },
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Eat slowly"}]},
            ],
        },
    ]


def acknowledge(ack: Ack) -> None:
    """Tell Slack that a command arrived."""
    ack()


def listen_to_commands(app: App) -> None:
    def lunch(body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        if body["text"] == "poll":
            client.chat_postMessage(
                channel=body["channel_id"], text="Soup or salad?", blocks=poll("No votes yet")
            )
        elif body["text"] == "menu":
            respond("Today: *" + "*, *".join(DISHES[:2]) + "*")
        else:
            client.views_open(trigger_id=body["trigger_id"], view=order_form())

    # Lazy, because Bolt forgets an ack when the same listener fails within the next 10 ms.
    app.command("/lunch")(ack=acknowledge, lazy=[lunch])

    @app.command("/lunch-slow")
    def slow() -> None:
        """Never acknowledge."""


def listen_to_the_form(app: App) -> None:
    @app.options("value")
    def dishes(ack: Ack, payload: dict[str, Any]) -> None:
        wanted = payload["value"].lower()
        ack(options=[option(dish) for dish in DISHES if wanted in dish.lower()])

    @app.view("order")
    def ordered(ack: Ack, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        values = view["state"]["values"]
        dish = values["dish"]["value"]["selected_option"]["text"]["text"]
        if dish == "Pad thai":
            ack(response_action="errors", errors={"dish": "Pad thai is sold out. Choose another dish."})
            return
        ack()
        portions, day = values["portions"]["value"]["value"], values["day"]["value"]["selected_option"]
        extras = [each["text"]["text"] for each in values["extras"]["value"]["selected_options"]]
        words = f"{portions} × *{dish}* on {day['text']['text']}, {values['heat']['value']['selected_option']['value']}"
        client.chat_postMessage(channel=body["user"]["id"], text=", ".join([words, *extras]))

    @app.view_closed("order")
    def closed(ack: Ack) -> None:
        ack()


def listen_to_the_menu(app: App) -> None:
    @app.action("see_menu")
    def see_menu(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=menu_page(0))

    @app.action("page_on")
    @app.action("page_back")
    def turn(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        ack()
        view = body["view"]
        client.views_update(view_id=view["id"], hash=view["hash"], view=menu_page(int(action["value"])))


def listen_to_the_poll(app: App) -> None:
    @app.action("vote")
    def vote(ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        ack()
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(
            **where, text="Votes", blocks=poll(f"<@{body['user']['id']}> voted for {action['value']}")
        )

    @app.action("day")
    @app.action("more")
    def chosen(ack: Ack, action: dict[str, Any], respond: Respond) -> None:
        ack()
        respond(f"You chose {action['selected_option']['text']['text']}", replace_original=False)

    @app.action("end")
    def end(ack: Ack, respond: Respond) -> None:
        ack()
        respond("The poll is over", replace_original=True)


def listen_to_home(app: App) -> None:
    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        if event["tab"] != "home":
            return
        button = {"type": "button", "action_id": "see_home", "text": plain("Order"), "value": "order"}
        blocks = [
            {"type": "header", "text": plain("Lunch at home")},
            {"type": "actions", "elements": [button]},
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("see_home")
    def order_from_home(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=order_form())


def start() -> SocketModeHandler:
    """Connect, with what the environment says."""
    client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(client=client)
    for listen in (
        listen_to_commands,
        listen_to_the_form,
        listen_to_the_menu,
        listen_to_the_poll,
        listen_to_home,
    ):
        listen(app)
    handler = SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"])
    handler.connect()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    return handler
