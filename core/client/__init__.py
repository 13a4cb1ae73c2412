"""The typed client of our own API, changed in the same commit as the API.

`CoreClient` speaks for the process itself, `ChatClient` in the name of a chat, `MemberClient` in that of a member of
staff. Each room's operations are one file with one class; `client.py` puts them together.
"""

from core.client.client import ChatClient, CoreClient, MemberClient

__all__ = ["ChatClient", "CoreClient", "MemberClient"]
