# syntax=docker/dockerfile:1

FROM python:3.13.14-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /app
# The environment holds no pip of its own: nothing is installed where it runs.
RUN python -m venv --without-pip /venv
COPY requirements.txt ./
# Wheels alone: there is no compiler here, and none is to be added.
RUN pip --python /venv/bin/python install --only-binary :all: --requirement requirements.txt
COPY . .
# Gathers the static files (and migrates a database that is thrown away). The settings ask for a secret key: this one
# lives as long as this line, and nothing is signed with it.
RUN SECRET_KEY=only-while-the-image-is-built DATA_DIR=/tmp/data STATIC_ROOT=/app/staticfiles \
    /venv/bin/python -m config.start prepare \
    && /venv/bin/python -m compileall -q .

FROM python:3.13.14-slim-trixie
LABEL org.opencontainers.image.title="Marquee" \
      org.opencontainers.image.description="The movie platform that you can own." \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 marquee \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin marquee \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
# The static files are the image's own, beside the code: what /data holds may be older than this version.
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=131072 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/staticfiles
WORKDIR /app
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --start-interval=2s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; site = http.client.HTTPConnection('127.0.0.1', int(os.environ['PORT']), timeout=4); site.request('GET', '/healthz'); sys.exit(site.getresponse().status != 200)"]
# The same image is the worker, the scheduler and every manage.py command: name another command.
CMD ["python", "-m", "config.start", "web"]
