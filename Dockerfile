# The page and the API in a container: no TensorFlow, and not as root.
#   docker build --tag digitlens . && docker run --publish 8000:8000 digitlens

FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv /opt/digitlens
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN /opt/digitlens/bin/pip install --no-cache-dir --disable-pip-version-check '.[serve,postgres]'

FROM python:3.13-slim
RUN useradd --system --no-create-home --uid 10001 digitlens \
    && install --directory --owner digitlens --mode 0700 /data
COPY --from=build /opt/digitlens /opt/digitlens
ENV PATH=/opt/digitlens/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DIGITLENS_CORRECTIONS_DIR=/data/corrections \
    DIGITLENS_MODELS_DIR=/data/models
VOLUME /data
USER digitlens
# Another port comes as PORT, which many hosts set.
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/readyz', timeout=4)"]
CMD ["digitlens", "serve", "--host", "0.0.0.0"]
