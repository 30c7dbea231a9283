# The product without the embedded servers: web, worker, scheduler and mail door are commands of one image.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    GRU_DATA_DIR=/data GRU_STATIC_ROOT=/srv/gru-static
WORKDIR /srv/gru

RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin gru \
 && install -d -o gru -g gru /data /secrets /owner

COPY requirements.lock .
RUN pip install --require-hashes --only-binary :all: -r requirements.lock

COPY . .
# The key of this step signs nothing: it only lets the settings load.
RUN python -m compileall -q gru requests_app channels_app \
 && if [ -d locale ]; then pybabel compile -d locale -D django; fi \
 && GRU_DATA_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0

USER gru
EXPOSE 8000 8025
CMD ["gunicorn", "--config", "python:gru.gunicorn", "--bind", "0.0.0.0:8000", "gru.wsgi"]
