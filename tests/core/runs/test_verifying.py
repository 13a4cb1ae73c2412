"""What `verify` finds of released runs: changed bytes, broken chains, a changed book, rows that are gone."""

from sqlalchemy import text

from core.db.database import Database
from core.ledger import service as ledger
from core.runs import service
from core.runs.rules.booking import residue
from core.runs.rules.seal import seal
from core.runs.service.announced import deeds
from core.runs.store import hands, parts
from core.runs.store import runs as store
from tests.core.runs.company import found, released


async def test_a_changed_byte_a_broken_chain_and_a_changed_book_are_found(database: Database) -> None:
    await found(database)
    first, second = await released(database, "2026-09"), await released(database, "2026-10")

    async def codes(statement: str, **values: object) -> list[str]:
        """What is found after a change, which is not committed."""
        async with database.begin() as uow:
            await uow.connection.execute(text(statement), values)
            return [problem.code for problem in await service.verify(uow)]

    async with database.read() as questions:
        body = bytearray(await parts.body(questions, first, 1, "result/awards") or b"")
        assert await service.verify(questions) == []
    body[40] ^= 1
    part = f"run = {first} AND name = 'result/awards'"
    changed_byte = await codes(f"UPDATE settlement_part SET body = :body WHERE {part}", body=bytes(body))
    assert changed_byte == ["run_part_changed", "run_seal_broken"]
    assert await codes(f"DELETE FROM settlement_part WHERE {part}") == ["run_seal_broken"]
    seal = f"UPDATE settlement_run SET seal = '{'0' * 64}' WHERE id = {first}"
    assert await codes(seal) == ["run_seal_broken", "run_chain_broken"]
    changed = f"UPDATE settlement_payout SET earned = earned + 1 WHERE run = {second} AND currency = 'EUR'"
    assert await codes(changed) == ["run_part_changed", "run_book_differs"]
    entry = "UPDATE entry_line SET amount = -amount WHERE amount IN (6000, -6000)"
    assert await codes(entry) == ["run_book_differs"]


OTHERWISE = {
    "UPDATE settlement_payout SET paid = paid - 1, carried_out = carried_out + 1 WHERE run = 1 AND earned = 6000": 1,
    "UPDATE settlement_payout SET carried_in = 500, paid = paid + 500 WHERE run = 1 AND earned = 6000": 1,
    "UPDATE settlement_run SET state = 'cancelled' WHERE id = 1": 1,
    "UPDATE settlement_run SET cycle = '2026-11' WHERE id = 1": 1,
    "UPDATE settlement_run SET totals = '{}' WHERE id = 1": 1,
    "UPDATE plan_version SET text = REPLACE(text, '10 %', '11 %')": 2,
}


PEOPLE = {
    "DELETE FROM settlement_approval WHERE run = 2 AND approved_by = 'staff:2'": "settlement_approval",
    "UPDATE settlement_approval SET approved_by = 'staff:4' WHERE run = 2 AND approved_by = 'staff:2'": (
        "settlement_approval"
    ),
    "INSERT INTO settlement_approval VALUES (2, 1, 'staff:4', 0)": "settlement_approval",
    "UPDATE settlement_run SET started_by = 'staff:4' WHERE id = 2": "settlement_run",
    "UPDATE settlement_run SET pays = NOT pays WHERE id = 2": "settlement_run",
}


async def test_tables_that_say_something_else_than_what_was_sealed_are_found(database: Database) -> None:
    await found(database)
    await released(database, "2026-09"), await released(database, "2026-10")
    for statement, runs in OTHERWISE.items():
        async with database.begin() as uow:
            await uow.connection.execute(text(statement))
            assert [one.code for one in await service.verify(uow)] == ["run_part_changed"] * runs, statement
    account = "INSERT INTO account (id, person_id, purpose, unit, balance) "
    account += "SELECT 999, min(id), 'credit', 'EUR', 5 FROM person"
    line = "INSERT INTO entry_line (entry_id, position, account_id, amount) SELECT min(id), 99, 999, 5 FROM entry"
    async with database.begin() as uow:
        for statement in (account, f"{line} WHERE kind = 'commissions.earned'"):
            await uow.connection.execute(text(statement))
        assert [one.code for one in await service.verify(uow)] == ["run_book_differs"], "credit that no payout has"
    async with database.begin() as uow:
        await ledger.post_all(uow, [residue(1, "EUR", 5)])
        assert [one.code for one in await service.verify(uow)] == ["run_book_differs"], "what rounding did not keep"
    swapped = "UPDATE settlement_payout SET earned = 15000 - earned, paid = 15000 - paid WHERE run = 1"
    async with database.begin() as uow:
        await uow.connection.execute(text(swapped))
        assert [one.code for one in await service.verify(uow)] == ["run_part_changed", "run_book_differs"]
    for statement, table in PEOPLE.items():
        async with database.begin() as uow:
            await uow.connection.execute(text(statement))
            told = [(one.code, one.facts.get("part")) for one in await service.verify(uow)]
            assert told == [("run_part_changed", table), ("run_seal_broken", None)], statement


OF_A_RUN = ("settlement_part", "settlement_finding", "settlement_approval", "settlement_payout")


async def test_a_run_that_is_gone_taken_back_or_sealed_anew_is_found_the_last_one_too(database: Database) -> None:
    await found(database)
    await released(database, "2026-09"), await released(database, "2026-10")
    async with database.begin() as uow:
        back = "state = 'approved', seal = NULL, seal_before = NULL, released_number = NULL, released_at = NULL"
        await uow.connection.execute(text(f"UPDATE settlement_run SET {back} WHERE id = 2"))
        assert [one.code for one in await service.verify(uow)] == ["run_gone"]
    async with database.begin() as uow:
        await uow.connection.execute(text("UPDATE settlement_run SET pays = NOT pays WHERE id = 2"))
        row = await store.row(uow, 2)
        assert row is not None
        approvals = await hands.approvals(uow, 2, row["preview"])
        made = seal(
            await parts.digests(uow, 2, row["preview"]), row["seal_before"], deeds(row, approvals, row["released_by"])
        )
        await uow.connection.execute(text("UPDATE settlement_run SET seal = :made WHERE id = 2"), {"made": made})
        assert [one.code for one in await service.verify(uow)] == ["run_part_changed", "run_seal_broken"]
    times = "UPDATE settlement_approval SET approved_at = approved_at + 1 WHERE run = 1 AND approved_by = 'staff:2'"
    async with database.begin() as uow:
        await uow.connection.execute(text(times))
        assert [one.facts.get("part") for one in await service.verify(uow)] == ["settlement_approval"]
        await uow.connection.execute(text("DELETE FROM event WHERE kind = 'runs.released'"))
        assert [one.facts.get("part") for one in await service.verify(uow)] == ["event", "event"]
    async with database.begin() as uow:
        for table in OF_A_RUN:
            await uow.connection.execute(text(f"DELETE FROM {table} WHERE run = 2"))
        await uow.connection.execute(text("DELETE FROM settlement_run WHERE id = 2"))
        assert [(one.code, one.facts.get("run"), one.facts.get("currency")) for one in await service.verify(uow)] == [
            ("run_gone", "2", None),
            ("run_booked_without", None, "EUR"),
        ]
        await uow.connection.execute(text("DELETE FROM event WHERE kind = 'runs.released'"))
        assert [one.code for one in await service.verify(uow)] == ["run_part_changed", "run_booked_without"]
