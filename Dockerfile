# The netofnets app. Data lives in the volume /data; docker-compose.yml wires it to a Neo4j server.
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

# The locked libraries first: this layer stays the same until the lock changes.
COPY requirements/locked.txt requirements/
RUN pip install --require-hashes -r requirements/locked.txt
COPY . .
RUN pip install --no-deps --no-build-isolation . \
    && useradd --uid 10001 --create-home netofnets \
    && mkdir /data && chown netofnets /data

USER netofnets
# Inside the container every address is its own; docker-compose.yml publishes the port on loopback only.
ENV NETOFNETS_HOME=/data NETOFNETS_HOST=0.0.0.0 NETOFNETS_PORT=8765 NETOFNETS_TRUSTED_HOSTS=localhost
VOLUME /data
EXPOSE 8765
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=5 \
    CMD ["python", "-c", "import socket; socket.create_connection(('127.0.0.1', 8765), 4).close()"]
CMD ["netofnets", "serve"]
