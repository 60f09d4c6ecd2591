# The bot alone, as an account of its own, with nothing to write to but /data. Build: docker build -t reverse-mentor .
FROM python:3.13-slim AS build
COPY . /src
RUN sh /src/deploy/install.sh /src /opt/reverse-mentor

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin reverse-mentor \
    && install --directory --owner reverse-mentor --mode 0700 /data
COPY --from=build /opt/reverse-mentor /opt/reverse-mentor
ENV PATH=/opt/reverse-mentor/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/reverse-mentor.db HEALTH_PORT=3001
USER 10001
WORKDIR /data
VOLUME /data
# Only whether it lives: some platforms start anew what is not healthy, and while Slack is down that mends nothing.
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s --retries=3 CMD ["reverse-mentor", "health", "--live"]
ENTRYPOINT ["reverse-mentor"]
CMD ["run"]
