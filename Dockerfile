# Production shape: one image for web, workers and beat, and one with a browser for the capture worker (`--target
# capture`). The Python the tests run on.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN python scripts/setup.py --production && rm -rf node_modules
# The files are gathered at build time; the keys named here are thrown away with this line.
RUN DEBUG=0 SECRET_KEY=build TOTP_KEY=build CAPTURE_KEY=build LEDGER_KEY=build LEDGER_NAME=build \
    DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    REPLAY_ORIGIN=https://build STATIC_ROOT=/app/collected .venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim-bookworm AS app
RUN useradd --system --uid 10001 --home-dir /data isnad && install -d -o isnad /data
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DEBUG=0 ISNAD_VAR=/data STATIC_ROOT=/app/collected

# Typefaces for what is captured: without them a page in Arabic or Chinese is a picture of boxes.
FROM app AS capture
RUN apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-core fonts-noto-cjk \
    fonts-noto-color-emoji && rm -rf /var/lib/apt/lists/*
USER isnad
VOLUME /data

FROM app
USER isnad
VOLUME /data
EXPOSE 8000 8100
CMD ["granian", "--interface", "wsgi", "--no-ws", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "8", "--backpressure", "128", "config.wsgi:application"]
