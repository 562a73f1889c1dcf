"""What a production installation refuses to start with: all of it is told at once."""

from sqlalchemy.engine import make_url

from services.api.settings import SAMPLE_SECRET, Settings

_SHORTEST_SECRET = 32


def refusals(settings: Settings) -> list[str]:
    """List why these settings are only fit for trying things out; nothing in development."""
    if settings.mode != "production":
        return []
    secret = settings.key_secret.get_secret_value()
    reasons = {
        "EVENWICHT_KEY_SECRET is the sample secret, which everybody can read.": secret
        == SAMPLE_SECRET,
        f"EVENWICHT_KEY_SECRET is shorter than {_SHORTEST_SECRET} characters.": len(secret)
        < _SHORTEST_SECRET,
        "DATABASE_URL is SQLite; use PostgreSQL.": _is_sqlite(settings.database_url),
        "EVENWICHT_JOBS_DATABASE_URL is SQLite; use PostgreSQL.": _is_sqlite(
            settings.jobs_database_url
        ),
        "EVENWICHT_OPEN_DOCS is on; the page /v1/docs stays closed.": settings.open_docs is True,
        "EVENWICHT_WEBHOOKS_TO_PRIVATE_ADDRESSES is on.": settings.webhooks_to_private_addresses,
        "EVENWICHT_PUBLIC_URL has no https.": not settings.public_url.startswith("https://"),
        "EVENWICHT_TOKEN_ISSUER is set and EVENWICHT_JWKS_URL has no https.": bool(
            settings.token_issuer
        )
        and not settings.jwks_url.startswith("https://"),
    }
    return [reason for reason, holds in reasons.items() if holds]


def refuse_to_start(settings: Settings) -> None:
    """End the process, with every reason, when it may not run with these settings.

    Raises
    ------
    SystemExit
        In production, with what is only fit for trying things out.
    """
    reasons = refusals(settings)
    if reasons:
        heading = "EVENWICHT_MODE is production, so this does not start:"
        raise SystemExit("\n- ".join([heading, *reasons]))


def shows_docs(settings: Settings) -> bool:
    """Whether the page /v1/docs is served."""
    return settings.mode == "development" if settings.open_docs is None else settings.open_docs


def _is_sqlite(address: str) -> bool:
    return make_url(address).get_backend_name() == "sqlite"
