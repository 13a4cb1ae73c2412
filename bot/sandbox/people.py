"""Who the chat page offers to chat as."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot.sandbox.model import DemoPerson


class PeopleProvider(Protocol):
    """Gives the people of the list at the left of the page."""

    async def people(self) -> Sequence[DemoPerson]:
        """Everybody on offer, most telling stories first."""
        ...


class StaticPeople:
    """A fixed list: for tests and for the sandbox on its own."""

    def __init__(self, people: Sequence[DemoPerson]) -> None:
        self._people = tuple(people)

    async def people(self) -> Sequence[DemoPerson]:
        """The list it was given."""
        return self._people


class FilePeople:
    """A JSON file holding a list of objects with the members of `DemoPerson`; read anew each time it is asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def people(self) -> Sequence[DemoPerson]:
        """The people in the file, or nobody while there is no file."""
        if not self._path.exists():
            return ()
        return tuple(DemoPerson(**person) for person in json.loads(self._path.read_text(encoding="utf-8")))


class CommandPeople:
    """What a command prints as a JSON list of objects with the members of `DemoPerson`; run until it gives somebody."""

    def __init__(self, argv: Sequence[str]) -> None:
        self._argv = tuple(argv)
        self._known: tuple[DemoPerson, ...] = ()

    async def people(self) -> Sequence[DemoPerson]:
        """The people it named; nobody while it fails, and standard error says why."""
        if not self._known:
            process = await asyncio.create_subprocess_exec(*self._argv, stdout=asyncio.subprocess.PIPE)
            printed, _ = await process.communicate()
            if process.returncode == 0:
                self._known = tuple(DemoPerson(**person) for person in json.loads(printed))
        return self._known


SAMPLE = (
    DemoPerson(5100000001, "Ana", "Pérez Restrepo", "anaperez", "es", "+573001112233", "Gold · Medellín"),
    DemoPerson(5100000002, "Emma", "Clarke", "emmac", "en", "+447700900123", "Platinum · Leeds"),
    DemoPerson(5100000003, "Jörg", "Müller-Lüdenscheidt", "", "de", "+4915112345678", "Silver · Köln"),
    DemoPerson(5100000004, "João", "da Conceição", "joaoc", "pt-br", "+5511987654321", "Bronze · São Paulo"),
    DemoPerson(5100000005, "Chloé", "Dubois", "", "fr", "+33612345678", "Diamond · Lyon"),
    DemoPerson(5100000006, "دانا", "الحسيني", "", "ar", "+962791234567", "Gold · عمّان"),
)
