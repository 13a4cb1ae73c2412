from tests.core.tickets.conftest import desk, people

__all__ = ["desk", "people"]
