"""Names of variables that are near those of settings, and all the others, which are nobody's business."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.near_names import meant
from bot.settings import NAMES, SettingsError, load

TOKENS = {"SLACK_BOT_TOKEN": "-".join(("xoxb", "canary")), "SLACK_APP_TOKEN": "-".join(("xapp", "canary"))}

SLIPS = {
    "DATABSE_URL": "DATABASE_URL",
    "DATABASE_ULR": "DATABASE_URL",
    "DATABASEURL": "DATABASE_URL",
    "DATABASE_URI": "DATABASE_URL",
    "DATABASE-URL": "DATABASE_URL",
    "database_url": "DATABASE_URL",
    "DATABASE_URL_FIL": "DATABASE_URL_FILE",
    "SLACK_BOTTOKEN": "SLACK_BOT_TOKEN",
    "SLACK_BOT_TOKE": "SLACK_BOT_TOKEN",
    "SLACK_BOT_TOKENS": "SLACK_BOT_TOKEN",
    "SLAK_APP_TOKEN": "SLACK_APP_TOKEN",
    "SLACK_SINGING_SECRET": "SLACK_SIGNING_SECRET",
    "SLACK_API_URI": "SLACK_API_URL",
    "REVERSE_MENTOR_ADMIN": "REVERSE_MENTOR_ADMINS",
    "REVERSEMENTOR_ADMINS": "REVERSE_MENTOR_ADMINS",
    "REVERSE_MENTOR_DATABASE_URL": "DATABASE_URL",
    "HTTP_PROT": "HTTP_PORT",
    "LOG_LEVLE": "LOG_LEVEL",
    "LOG_FORMATT": "LOG_FORMAT",
}

ORDINARY = """
    AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_PROFILE AWS_REGION AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN BASH_ENV BROWSER
    BUILD_ID BUILD_NUMBER BUILD_URL CC CFLAGS CI CI_COMMIT_SHA CI_JOB_ID CI_PIPELINE_ID CLICOLOR COLORTERM COLUMNS
    COMPOSE_FILE COMPOSE_PROJECT_NAME CONDA_DEFAULT_ENV CONDA_PREFIX CONTAINER CPPFLAGS CREDENTIALS_DIRECTORY CXX
    DATABASE DATABASE_HOST DATABASE_NAME DATABASE_PASSWORD DATABASE_PORT DATABASE_SCHEMA DATABASE_URLS DATABASE_USER
    DB_HOST DB_NAME DB_PASSWORD DB_PORT DB_URL DB_USER DBUS_SESSION_BUS_ADDRESS DEBIAN_FRONTEND DEBUG DESKTOP_SESSION
    DISPLAY DJANGO_SETTINGS_MODULE DOCKER_BUILDKIT DOCKER_CONFIG DOCKER_HOST DYNO EDITOR ENV ENVIRONMENT FLASK_APP
    FLASK_ENV FORCE_COLOR FTP_PROXY GDMSESSION GITHUB_ACTION GITHUB_ACTIONS GITHUB_ACTOR GITHUB_API_URL GITHUB_ENV
    GITHUB_REF GITHUB_REPOSITORY GITHUB_RUN_ID GITHUB_SERVER_URL GITHUB_SHA GITHUB_TOKEN GITHUB_WORKSPACE
    GIT_AUTHOR_NAME GIT_EDITOR GIT_SSH_COMMAND
    GOOGLE_APPLICATION_CREDENTIALS GOPATH GPG_TTY GUNICORN_CMD_ARGS HEROKU_APP_NAME HISTSIZE
    HOME HOST HOSTNAME HTTPS_HOST HTTPS_PORT HTTPS_PROXY HTTP_HOME HTTP_PROXY HTTP_TIMEOUT HTTP_USER_AGENT HUSHLOGIN
    INVOCATION_ID JAVA_HOME JENKINS_URL JOB_NAME JOURNAL_STREAM KUBECONFIG KUBERNETES_PORT KUBERNETES_PORT_443_TCP
    KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT LANG LANGUAGE LC_ALL LC_CTYPE LC_TIME LD_LIBRARY_PATH LESS LESSOPEN
    LINES LISTEN_FDS LISTEN_PID LOGDIR LOGLEVEL LOGNAME LOGS_DIRECTORY LOG_DIR LOG_FILE LOG_LEVELS LOG_PATH LS_COLORS
    MAIL MAINPID MAKEFLAGS MAKELEVEL MANPATH MEMORY_PRESSURE_WATCH MYSQL_HOST MYSQL_URL NODE_ENV NODE_NAME NODE_OPTIONS
    NOTIFY_SOCKET NO_COLOR NO_PROXY NVM_DIR OLDPWD OTEL_EXPORTER_OTLP_ENDPOINT OTEL_SERVICE_NAME PAGER PATH PGDATABASE
    PGHOST PGPASSFILE PGPASSWORD PGPORT PGSSLMODE PGUSER PIP_CACHE_DIR PIP_INDEX_URL PIP_NO_INPUT POD_IP POD_NAME
    POD_NAMESPACE PORT POSTGRES_DB POSTGRES_PASSWORD POSTGRES_URL POSTGRES_USER PS1 PWD PYENV_ROOT PYTEST_CURRENT_TEST
    PYTHONDONTWRITEBYTECODE PYTHONHASHSEED PYTHONHOME PYTHONPATH PYTHONUNBUFFERED PYTHONWARNINGS PYTHON_VERSION
    REDIS_URL REQUESTS_CA_BUNDLE RUNTIME_DIRECTORY SECRET_KEY SENTRY_DSN SERVER_NAME SERVICE_NAME SHELL SHLVL
    SLACK_API_TOKEN SLACK_CHANNEL SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_HOOK SLACK_TOKEN SLACK_USERNAME
    SLACK_WEBHOOK SLACK_WEBHOOK_URL SOURCE_DATE_EPOCH SQLALCHEMY_DATABASE_URI SSH_AGENT_PID SSH_AUTH_SOCK SSH_CLIENT
    SSH_CONNECTION SSH_TTY SSL_CERT_DIR SSL_CERT_FILE STATE_DIRECTORY SUDO_USER SYSTEMD_EXEC_PID TEMP TERM TMP TMPDIR
    TOKEN TZ UID USER USERNAME VIRTUAL_ENV WEB_CONCURRENCY XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR
    XDG_SESSION_ID http_proxy https_proxy no_proxy
""".split()


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_an_error_that_names_the_right_one(slip: str, tmp_path: Path) -> None:
    """In the environment as well as in the file; its value is in no sentence."""
    sources: list[tuple[dict[str, str], str]] = [({slip: "canary"}, ""), ({}, f"{slip}=canary\n")]
    for environ, text in sources:
        (tmp_path / ".env").write_text(text)
        (tmp_path / ".env").chmod(0o600)
        tokens = {name: value for name, value in TOKENS.items() if name != SLIPS[slip]}
        with pytest.raises(SettingsError) as told:
            load({**tokens, **environ}, tmp_path / ".env")
        (sentence,) = [one for one in told.value.problems if one.startswith(f"{slip} in ")]
        assert sentence.endswith(f"is not a setting. Write {SLIPS[slip]}.")
        assert "canary" not in sentence


def test_a_realistic_environment_is_no_mistake() -> None:
    assert len(ORDINARY) > 200
    settings = load({**dict.fromkeys(ORDINARY, "something"), **TOKENS}, env_file=None)
    assert settings.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_no_setting_is_near_another(name: str) -> None:
    assert meant(name, NAMES) == ""


def test_a_slip_beside_the_right_one_is_a_warning() -> None:
    (warning,) = load({**TOKENS, "SLACK_BOTTOKEN": "canary"}, env_file=None).warnings
    assert warning == (
        "SLACK_BOTTOKEN is not a setting of this bot and has no effect. SLACK_BOT_TOKEN is set, too."
    )


def test_a_slip_in_the_environment_is_an_error_whatever_the_file_says(tmp_path: Path) -> None:
    """Else the bot would begin on the database of the file, where another one was meant."""
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///here.db\n")
    with pytest.raises(SettingsError, match="DATABSE_URL in the environment is not a setting"):
        load({**TOKENS, "DATABSE_URL": "postgresql://u@db/mentoring"}, tmp_path / ".env")


def test_in_the_file_a_name_of_others_is_a_slip(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOGLEVEL=DEBUG\n")
    with pytest.raises(SettingsError, match=r"LOGLEVEL in \.env is not a setting\. Write LOG_LEVEL\."):
        load(TOKENS, tmp_path / ".env")


@pytest.mark.parametrize(
    ("other", "right"),
    {
        "DB_URL": "DATABASE_URL",
        "DATABASE_PATH": "DATABASE_URL",
        "DB_FILE": "DATABASE_URL",
        "POSTGRES_URL": "DATABASE_URL",
        "SQLALCHEMY_DATABASE_URL": "DATABASE_URL",
        "MENTOR_DATABASE_URL": "DATABASE_URL",
        "BOT_TOKEN": "SLACK_BOT_TOKEN",
        "BOT_TOKEN_FILE": "SLACK_BOT_TOKEN_FILE",
        "SIGNING_SECRET": "SLACK_SIGNING_SECRET",
    }.items(),
)
def test_in_the_file_another_name_for_a_setting_is_a_slip(other: str, right: str, tmp_path: Path) -> None:
    """Else a database that was named so would be passed over for a new and empty one."""
    (tmp_path / ".env").write_text(f"{other}=canary\n")
    tokens = {name: value for name, value in TOKENS.items() if name != right}
    with pytest.raises(SettingsError, match=rf"{other} in \.env is not a setting\. Write {right}\."):
        load(tokens, tmp_path / ".env")
    assert meant(other, NAMES) == ""


def test_what_else_stands_in_the_file_is_a_warning(tmp_path: Path) -> None:
    """But for what the files for containers read from there."""
    (tmp_path / ".env").write_text("GREETING=1\nPOSTGRES_PASSWORD=a\nLITESTREAM_URL=s3://b\nCOMPOSE_FILE=c\n")
    (tmp_path / ".env").chmod(0o600)
    assert load(TOKENS, tmp_path / ".env").warnings == (
        "GREETING is not a setting of this bot and has no effect. Check its spelling.",
    )
