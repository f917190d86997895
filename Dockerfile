# One image; web, worker and beat are three commands of it (docker-compose.yml).
FROM python:3.12.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# WeasyPrint's libraries, the same three as bin/prepare installs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/portal --shell /usr/sbin/nologin portal

WORKDIR /srv/portal

COPY requirements/base.txt requirements/base.txt
RUN pip install --no-deps --require-hashes --requirement requirements/base.txt

COPY . .
# The code belongs to root: the portal can write below /srv/data only. The key is for this step
# alone; static files and bytecode are part of the image, private files live in the volume.
RUN SECRET_KEY=only-to-collect STATIC_DIR=/srv/static \
        python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q . \
    && install --directory --owner portal --mode 0700 /srv/data /srv/data/files

USER portal
ENV DATA_DIR=/srv/data STATIC_DIR=/srv/static BIND=0.0.0.0:8000 XDG_CACHE_HOME=/tmp
VOLUME /srv/data
EXPOSE 8000
CMD ["gunicorn", "--config", "gunicorn.conf.py"]
