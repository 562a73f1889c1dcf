# The allocator. Build from the project's root:
#   docker build --file docker/allocator.Dockerfile --tag evenwicht-allocator .

FROM python:3.11.14-slim-bookworm AS packages
RUN python -m venv /opt/packages
COPY services/allocator/requirements.txt /tmp/requirements.txt
# Wheels only, each with a known hash: nothing is built and nothing unknown is run.
RUN /opt/packages/bin/pip install --no-cache-dir --require-hashes --only-binary :all: \
    --requirement /tmp/requirements.txt

FROM python:3.11.14-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin evenwicht
COPY --from=packages /opt/packages /opt/packages
WORKDIR /app
COPY LICENSE ./
COPY shared shared
COPY services/__init__.py services/commands.py services/
COPY services/allocator services/allocator
# The file system is read-only when this runs, so what Python keeps is made now.
RUN python -m compileall -q services shared
ENV PATH=/opt/packages/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    EVENWICHT_ALLOCATOR_HOST=0.0.0.0 \
    EVENWICHT_ALLOCATOR_PORT=8001
USER 10001:10001
EXPOSE 8001
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8001/v1/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "services.commands"]
CMD ["serve-allocator"]
