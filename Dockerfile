# The netofnets app. Data lives in the volume /data; docker-compose.yml wires it to a Neo4j server.
# Held to a digest; another is taken by --build-arg PYTHON_IMAGE=... (docs/deploy.md).
ARG PYTHON_IMAGE=python:3.12.11-slim-bookworm@sha256:519591d6871b7bc437060736b9f7456b8731f1499a57e22e6c285135ae657bf7
FROM ${PYTHON_IMAGE}

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# The locked libraries first: this layer stays the same until the lock changes.
COPY requirements/locked.txt requirements/
RUN pip install --require-hashes -r requirements/locked.txt
COPY . .
RUN pip install --no-deps --no-build-isolation . \
    && useradd --uid 10001 --create-home netofnets \
    && mkdir /data && chown netofnets /data && chmod 700 /data

USER netofnets
# Inside the container every address is its own; docker-compose.yml publishes the port on loopback only.
ENV NETOFNETS_HOME=/data NETOFNETS_HOST=0.0.0.0 NETOFNETS_PORT=8765 NETOFNETS_TRUSTED_HOSTS=localhost
VOLUME /data
EXPOSE 8765
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=5 CMD ["netofnets", "ready"]
CMD ["netofnets", "serve"]
