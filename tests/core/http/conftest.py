import pytest

from core.access.authentication import Authentication
from core.db.database import Database
from core.http.app import App
from tests.core.http import sample
from tests.support.api import SERVICE_KEY


@pytest.fixture
def app(database: Database) -> App:
    """The layer with the sample room alone."""
    app = App(database, Authentication(database, SERVICE_KEY))
    app.provide(sample.Part, sample.Part())
    app.add(sample.routes)
    return app
