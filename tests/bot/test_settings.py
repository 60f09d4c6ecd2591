"""Settings: every form an operator may use, every mistake said at once, and no secret in any sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import NAMES, Settings, SettingsError, load

BOT = "-".join(("xoxb", "canary", "bot"))
APP = "-".join(("xapp", "canary", "app"))
SIGNING = "canary-signing"
MINIMUM = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}


def read(**variables: str) -> Settings:
    return load({**MINIMUM, **variables}, env_file=None)


def problems(**variables: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(**variables)
    return caught.value.problems


def private(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


def test_two_tokens_are_enough() -> None:
    assert read() == Settings(
        bot_token=BOT,
        app_token=APP,
        signing_secret=None,
        api_url="https://slack.com/api/",
        database_url="sqlite:///reverse-mentor.db",
        admins=frozenset(),
        log_level="INFO",
        log_format="text",
        tick_seconds=15.0,
        http_host="127.0.0.1",
        http_port=3000,
        warnings=(),
    )


def test_everything_can_be_set() -> None:
    settings = read(
        SLACK_API_URL="http://localhost:8080/api",
        DATABASE_URL="postgresql://u:p@db/mentoring",
        REVERSE_MENTOR_ADMINS="U1, W2\tU3;U4",
        LOG_LEVEL="debug",
        LOG_FORMAT="JSON",
        REVERSE_MENTOR_RETENTION_DAYS="365",
        REVERSE_MENTOR_AUDIT_RETENTION_DAYS="730",
        REVERSE_MENTOR_TICK_SECONDS="0.5",
        REVERSE_MENTOR_TRUST_CLOCK="yes",
        HTTP_HOST="::1",
        HTTP_PORT="0",
    )
    assert settings == Settings(
        bot_token=BOT,
        app_token=APP,
        api_url="http://localhost:8080/api/",
        database_url="postgresql+psycopg://u:p@db/mentoring",
        admins=frozenset({"U1", "W2", "U3", "U4"}),
        log_level="DEBUG",
        log_format="json",
        keeps=timedelta(days=365),
        keeps_audit=timedelta(days=730),
        tick_seconds=0.5,
        trust_clock=True,
        http_host="::1",
        http_port=0,
    )


@pytest.mark.parametrize(
    ("tokens", "mode"),
    [
        ({"SLACK_APP_TOKEN": APP}, "socket"),
        ({"SLACK_SIGNING_SECRET": SIGNING}, "http"),
        ({"SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SIGNING}, "socket"),
        ({"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SIGNING}, "http"),
    ],
)
def test_the_mode_follows_from_the_credentials(tokens: dict[str, str], mode: str) -> None:
    assert load({"SLACK_BOT_TOKEN": BOT, **tokens}, env_file=None).mode == mode


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", f"'{BOT}'", "SLACK_BOT_TOKEN stands in quotes"),
        ("SLACK_APP_TOKEN", f'"{APP}"', "SLACK_APP_TOKEN stands in quotes"),
        ("DATABASE_URL", '"sqlite:///canary.db"', "DATABASE_URL stands in quotes"),
        (
            "DATABASE_URL",
            "sqlite:///mentor.db?mode=canary",
            "DATABASE_URL names a file, which takes no parameters",
        ),
        ("DATABASE_URL", "postgresql://u:canary@pw@db/x", "DATABASE_URL holds a # sign, or more than one @"),
        ("SLACK_SIGNING_SECRET", BOT, "SLACK_SIGNING_SECRET holds a token"),
        ("SLACK_BOT_TOKEN", "${SLACK_BOT_TOKEN}", "SLACK_BOT_TOKEN holds a placeholder"),
        ("SLACK_BOT_TOKEN", "TODO", "SLACK_BOT_TOKEN holds a placeholder"),
        ("SLACK_APP_TOKEN", "xxxxxx", "SLACK_APP_TOKEN holds a placeholder"),
        ("SLACK_APP_TOKEN", "insert-token-here", "SLACK_APP_TOKEN holds a placeholder"),
    ],
)
def test_what_is_easily_pasted_wrong_has_its_sentence(name: str, value: str, words: str) -> None:
    with pytest.raises(SettingsError) as told:
        read(**{name: value})
    (sentence,) = told.value.problems
    assert sentence.startswith(words)
    assert "canary" not in sentence


def test_repr_and_warnings_hold_no_secret() -> None:
    settings = read(SLACK_SIGNING_SECRET=SIGNING, DATABASE_URL="postgresql://u:canary%40pw@db/x")
    assert "canary" not in repr(settings)
    assert set(settings.secrets) == {BOT, APP, SIGNING, "canary%40pw", "canary@pw"}


# Where the tokens may go


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "https://slack.com/api/"),
        ("https://slack.com/api", "https://slack.com/api/"),
        ("https://slack-gov.com/api/", "https://slack-gov.com/api/"),
        ("https://acme.enterprise.slack.com/api//", "https://acme.enterprise.slack.com/api/"),
        ("http://localhost:8080/api/", "http://localhost:8080/api/"),
        ("http://slack.localhost/api/", "http://slack.localhost/api/"),
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000/"),
        ("http://127.9.9.9:5000/", "http://127.9.9.9:5000/"),
        ("http://[::1]:8080/api/", "http://[::1]:8080/api/"),
        ("https://localhost:8443/api/", "https://localhost:8443/api/"),
    ],
)
def test_slack_and_this_machine_may_have_the_tokens(url: str, expected: str) -> None:
    settings = read(SLACK_API_URL=url)
    assert settings.api_url == expected
    assert settings.warnings == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://slack.com/api/",
        "https://slack.com.evil.example/api/",
        "https://notslack.com/api/",
        "http://10.0.0.5:8080/api/",
        "http://localhost.evil.example/",
        "http://0.0.0.0:8080/api/",
    ],
)
def test_nobody_else_may_unless_the_operator_says_so(url: str) -> None:
    assert len(problems(SLACK_API_URL=url)) == 1
    settings = read(SLACK_API_URL=url, REVERSE_MENTOR_ALLOW_INSECURE_API_URL="1")
    assert settings.api_url == url
    assert len(settings.warnings) == 1


@pytest.mark.parametrize(
    "url",
    [
        "slack.com/api",
        "ftp://slack.com/",
        "https://",
        "http://localhost:port/",
        "http://[::1/",
        "https://slack.com/?a=b",
    ],
)
def test_an_api_url_that_is_none(url: str) -> None:
    (problem,) = problems(SLACK_API_URL=url, REVERSE_MENTOR_ALLOW_INSECURE_API_URL="1")
    assert problem.startswith("SLACK_API_URL is not a web address")


def test_an_api_url_with_a_password_is_refused_without_repeating_it() -> None:
    (problem,) = problems(SLACK_API_URL="https://canary:canary@slack.com/api/")
    assert "password" in problem
    assert "canary" not in problem


# Databases


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "sqlite:///reverse-mentor.db"),
        ("sqlite:///data/x.db", "sqlite:///data/x.db"),
        ("sqlite:////var/lib/x.db", "sqlite:////var/lib/x.db"),
        ("sqlite+pysqlite:///x.db", "sqlite+pysqlite:///x.db"),
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        (
            "postgresql://u:p%40w@h:5433/d?sslmode=require",
            "postgresql+psycopg://u:p%40w@h:5433/d?sslmode=require",
        ),
        ("postgresql+psycopg:///d?host=/run/postgresql", "postgresql+psycopg:///d?host=/run/postgresql"),
    ],
)
def test_databases_the_bot_can_use(url: str, expected: str) -> None:
    assert read(DATABASE_URL=url).database_url == expected


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("mysql://u:canary@h/d", "not an address"),
        ("postgresql+psycopg2://u:canary@h/d", "not an address"),
        ("canary", "not an address"),
        ("postgresql://u:canary@h:canary/d", "not an address"),
        ("postgresql://u:canary#x@h/d", "# sign"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite://canary.db", "names no file"),
    ],
)
def test_databases_it_cannot(url: str, word: str) -> None:
    (problem,) = problems(DATABASE_URL=url)
    assert word in problem
    assert "canary" not in problem


# Secrets in files


def test_each_secret_can_come_from_a_file(tmp_path: Path) -> None:
    values = {
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_APP_TOKEN": APP,
        "SLACK_SIGNING_SECRET": SIGNING,
        "DATABASE_URL": "postgres://u:canary@h/d",
    }
    environ = {f"{name}_FILE": str(private(tmp_path / name, f"{value}\n")) for name, value in values.items()}
    settings = load(environ, env_file=None)
    assert (settings.bot_token, settings.app_token, settings.signing_secret) == (BOT, APP, SIGNING)
    assert settings.database_url == "postgresql+psycopg://u:canary@h/d"


def test_a_secret_file_that_does_not_work(tmp_path: Path) -> None:
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    environ = {
        "SLACK_BOT_TOKEN_FILE": str(tmp_path / "missing"),
        "SLACK_APP_TOKEN_FILE": str(private(tmp_path / "empty", " \n")),
        "SLACK_SIGNING_SECRET_FILE": str(binary),
        "DATABASE_URL": "sqlite:///x.db",
        "DATABASE_URL_FILE": str(private(tmp_path / "url", "sqlite:///canary.db")),
    }
    with pytest.raises(SettingsError) as caught:
        load(environ, env_file=None)
    assert caught.value.problems == [
        "The file in SLACK_BOT_TOKEN_FILE could not be read (No such file or directory). Check the path.",
        "The file in SLACK_APP_TOKEN_FILE is empty. Put the value into it.",
        "The file in SLACK_SIGNING_SECRET_FILE could not be read (it is not text). Check the path.",
        "DATABASE_URL and DATABASE_URL_FILE are both set. Keep one of them.",
    ]


# The .env file


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    env_file = private(
        tmp_path / ".env",
        f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN='{APP}'\nexport LOG_LEVEL=ERROR  # quiet\n"
        "DATABASE_URL=postgres://u:a$b${c}@h/d\n",
    )
    settings = load({"LOG_LEVEL": "DEBUG"}, env_file)
    assert (settings.bot_token, settings.app_token, settings.log_level) == (BOT, APP, "DEBUG")
    assert settings.database_url == "postgresql+psycopg://u:a$b${c}@h/d"
    assert settings.warnings == ()


def test_either_form_of_a_secret_in_the_environment_replaces_both_in_the_file(tmp_path: Path) -> None:
    env_file = private(tmp_path / ".env", f"SLACK_BOT_TOKEN_FILE=/nowhere\nSLACK_APP_TOKEN={APP}-old\n")
    in_a_file = private(tmp_path / "app", APP)
    settings = load({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN_FILE": str(in_a_file)}, env_file)
    assert (settings.bot_token, settings.app_token) == (BOT, APP)


def test_an_empty_variable_switches_off_a_line_of_the_file(tmp_path: Path) -> None:
    env_file = private(tmp_path / ".env", f"SLACK_APP_TOKEN={APP}\nSLACK_SIGNING_SECRET={SIGNING}\n")
    assert load({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": ""}, env_file).mode == "http"


def test_a_file_others_can_read_is_a_warning(tmp_path: Path) -> None:
    env_file = private(tmp_path / ".env", "")
    env_file.chmod(0o640)
    (warning,) = load(MINIMUM, env_file).warnings
    assert "chmod 600" in warning


def test_no_file_is_fine(tmp_path: Path) -> None:
    assert load(MINIMUM, tmp_path / ".env").warnings == ()


def test_a_file_that_cannot_be_read_is_a_problem_beside_the_others(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load({"LOG_FORMAT": "xml"}, tmp_path)
    told = "\n".join(caught.value.problems)
    assert all(
        word in told for word in ("could not be read", "LOG_FORMAT", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
    )


def test_a_line_that_is_not_understood_is_named(tmp_path: Path) -> None:
    env_file = private(tmp_path / ".env", f"SLACK_BOT_TOKEN={BOT}\nSLACK_APP_TOKEN='canary\nLOG_LEVEL=INFO\n")
    with pytest.raises(SettingsError) as caught:
        load({}, env_file)
    assert f"Line 2 of {env_file} is not understood. Write NAME=value." in caught.value.problems
    assert "canary" not in str(caught.value)


def test_a_name_that_stands_there_twice(tmp_path: Path) -> None:
    """Whoever changes one of two lines believes that it counts."""
    lines = f"# first\n\nSLACK_APP_TOKEN={APP}\nSLACK_APP_TOKEN={APP}\nLOG_LEVEL=INFO\n\n# for once\nLOG_LEVEL=DEBUG\n"
    settings = load({"SLACK_BOT_TOKEN": BOT}, private(tmp_path / ".env", lines))
    (warning,) = settings.warnings
    assert settings.log_level == "DEBUG"
    assert warning.startswith(f"LOG_LEVEL stands in {tmp_path / '.env'} more than once")
    assert "only line 8 counts" in warning
    with pytest.raises(SettingsError) as caught:
        load({}, private(tmp_path / ".env", f"{lines}LOG_LEVEL=loud\nSLACK_BOT_TOKEN={BOT}\n"))
    wrong, twice = caught.value.problems
    assert wrong.startswith("LOG_LEVEL is 'loud'.")
    assert "only line 9 counts" in twice


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_a_file_that_is_none(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / ".env")
    with pytest.raises(SettingsError) as caught:
        load(MINIMUM, tmp_path / ".env")
    assert caught.value.problems == [
        f"{tmp_path / '.env'} could not be read (it is no file). Make it a text file the bot may read."
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeffLOG_LEVEL=DEBUG\r\nSLACK_BOT_TOKEN={BOT}\r\n",
        f"export LOG_LEVEL=DEBUG\nexport SLACK_BOT_TOKEN='{BOT}'\n",
        f'LOG_LEVEL = "debug"  # more\nSLACK_BOT_TOKEN = "{BOT}"\n',
        f"\n\n  LOG_LEVEL=Debug   \n\tSLACK_BOT_TOKEN={BOT}\t",
    ],
    ids=["from Windows", "export", "quotes", "blanks"],
)
def test_a_file_as_editors_and_shells_write_it(tmp_path: Path, text: str) -> None:
    (tmp_path / ".env").write_bytes(text.encode())
    (tmp_path / ".env").chmod(0o600)
    settings = load({"SLACK_APP_TOKEN": APP}, tmp_path / ".env")
    assert (settings.bot_token, settings.log_level, settings.warnings) == (BOT, "DEBUG", ())


def test_a_name_of_ours_that_is_near_no_setting_is_a_warning() -> None:
    (warning,) = read(REVERSE_MENTOR_COLOR="blue").warnings
    assert warning.startswith("REVERSE_MENTOR_COLOR is not a setting")


# Mistakes


def test_all_mistakes_are_told_at_once() -> None:
    wrong = {
        "SLACK_API_URL": "nowhere",
        "DATABASE_URL": "nowhere",
        "REVERSE_MENTOR_ADMINS": "@ana U1 bob@example.com",
        "REVERSE_MENTOR_TICK_SECONDS": "nan",
        "REVERSE_MENTOR_ALLOW_INSECURE_API_URL": "maybe",
        "REVERSE_MENTOR_TRUST_CLOCK": "sometimes",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "xml",
        "HTTP_PORT": "65536",
    }
    with pytest.raises(SettingsError) as caught:
        load(wrong, env_file=None)
    told = caught.value.problems
    assert len(told) == len(wrong) + 2
    assert all(any(name in problem for problem in told) for name in wrong)
    assert told[0].startswith("SLACK_BOT_TOKEN is not set.")
    assert told[1].startswith("SLACK_APP_TOKEN is not set.")
    assert str(caught.value) == "\n".join(told)


@pytest.mark.parametrize("value", ["-1", "1.5", "²", "http", "99999999999999999999"])
def test_ports_that_are_none(value: str) -> None:
    assert problems(HTTP_PORT=value) == [f"HTTP_PORT is {value!r}. Use a whole number from 0 to 65535."]


@pytest.mark.parametrize("name", ["HTTP_HOST", "HEALTH_HOST"])
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:3000", "http://0.0.0.0", "*", "..", "0.0.0.0/0", "a b", "a" * 64, "-a", "[::1", "\U0001f600"],
)
def test_hosts_that_are_none(name: str, host: str) -> None:
    (problem,) = problems(**{name: host})
    assert problem.startswith(f"{name} is {host!r}. Use a name or an address alone")
    assert name.replace("HOST", "PORT") in problem


@pytest.mark.parametrize(
    ("host", "meant"),
    [
        ("[::1]", "::1"),
        ("fe80::1%lo", "fe80::1%lo"),
        ("bot.internal.", "bot.internal."),
        ("my_host", "my_host"),
    ],
)
def test_hosts_of_every_form(host: str, meant: str) -> None:
    assert read(HTTP_HOST=host, HEALTH_HOST=host).http_host == meant


def test_one_port_for_two_is_refused() -> None:
    http = {
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SIGNING,
        "HTTP_PORT": "3100",
        "HEALTH_PORT": "3100",
    }
    assert problems(**http) == ["HTTP_PORT and HEALTH_PORT are both 3100. Give each a port of its own."]
    assert read(**{**http, "HTTP_PORT": "0", "HEALTH_PORT": "0"}).health_port == 0
    assert read(HTTP_PORT="3100", HEALTH_PORT="3100").mode == "socket"


@pytest.mark.parametrize("value", ["0", "-5", "inf", "nan", "soon", "3601"])
def test_ticks_that_are_none(value: str) -> None:
    assert problems(REVERSE_MENTOR_TICK_SECONDS=value) == [
        f"REVERSE_MENTOR_TICK_SECONDS is {value!r}. Use a number from 0.01 to 3600."
    ]


def test_swapped_tokens_are_told_apart() -> None:
    told = problems(SLACK_BOT_TOKEN=APP, SLACK_APP_TOKEN=BOT)
    assert [problem.split(".")[0] for problem in told] == [
        "SLACK_BOT_TOKEN holds an app-level token",
        "SLACK_APP_TOKEN holds a bot token",
    ]


@pytest.mark.parametrize("token", ["any-text", "12345", "xoxp-user", "token_of_a_stand_in"])
def test_a_stand_in_may_use_tokens_of_any_form(token: str) -> None:
    assert read(SLACK_BOT_TOKEN=token, SLACK_APP_TOKEN=token).bot_token == token


@pytest.mark.parametrize("token", ["xoxb canary", "xoxb\ncanary", "xoxb-canary\u2026", "xoxb\x00canary"])
def test_a_token_that_no_header_can_carry(token: str) -> None:
    (problem,) = problems(SLACK_BOT_TOKEN=token)
    assert problem.startswith("SLACK_BOT_TOKEN holds blanks or special characters.")
    assert "canary" not in problem


def test_no_sentence_repeats_a_token_from_the_wrong_line() -> None:
    told = problems(
        LOG_LEVEL=BOT,
        HTTP_PORT=APP,
        REVERSE_MENTOR_ADMINS=BOT,
        SLACK_SIGNING_SECRET=SIGNING,
        LOG_FORMAT=SIGNING,
    )
    assert len(told) == 4
    assert "canary" not in "\n".join(told)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("HTTP_HOST", "HEALTH_HOST")])
def test_every_name_is_read_and_checked(name: str) -> None:
    assert any(name in problem for problem in problems(**{name: "? ?"}))
