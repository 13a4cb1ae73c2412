"""`python -m core.db.revise`: write migration 0001 anew from today's tables.

Until the first release there is one migration. Whoever adds or changes a table runs this and commits the result; after
the first release a change is a migration of its own.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from core.db.migrate import config
from core.db.version import SCRIPTS

FIRST = SCRIPTS / "versions" / "0001_first.py"


def main() -> int:
    """Replace the file and say so."""
    FIRST.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.db'}", poolclass=NullPool)
        settings = config()
        with engine.connect() as connection:
            settings.attributes["connection"] = connection
            command.revision(settings, message="first", autogenerate=True, rev_id="0001")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(FIRST)], check=True)  # noqa: S603  # our own file
    sys.stdout.write(f"{FIRST.relative_to(SCRIPTS.parents[2])} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
