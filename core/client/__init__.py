"""The typed client of our own API, changed in the same commit as the API.

`CoreClient` speaks for the process itself, `ChatClient` in the name of a chat. Each room's operations are one file with
one class; `client.py` puts them together.
"""

from core.client.client import ChatClient, CoreClient

__all__ = ["ChatClient", "CoreClient"]
