"""An incident as those hear of it whom it concerns: told, edited in place, opened by its button, and solved."""

from typing import Any

from tests.bot.desk.stage import MARIA, Stage

OTTO = 2
NEW = {
    "title": {"en": "Late parcels", "es": "Paquetes con retraso"},
    "words": {"en": "The carrier is on strike <today>."},
    "concerned": {"below": "maria"},
}
SOLVED = {"words": {"en": "They left."}, "root_cause": "A strike"}


async def told(stage: Stage) -> list[dict[str, Any]]:
    """What María hears of it, once the worker has gone its rounds."""
    await stage.core.work_incidents()
    await stage.later(2)
    return [one for one in await stage.says(MARIA) if "Incident" in one.get("text", "")]


async def test_whom_it_concerns_hears_reads_and_replies(stage: Stage) -> None:
    number = (await stage.desk.sam.post("/v1/incidents", NEW)).body["number"]
    [message] = await told(stage)
    assert "Late parcels\n\nThe carrier is on strike <today>." in message["text"]
    path = f"/v1/incidents/{number}"
    await stage.desk.sam.post(f"{path}/updates", {"words": {"en": "Half of them left."}})
    [edited] = await told(stage)
    assert (edited["message_id"], "Half of them left." in edited["text"]) == (message["message_id"], True)

    button = edited["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await stage.taps(MARIA, button, edited["message_id"], chat=MARIA)
    shown = (await stage.last(MARIA))["text"]
    assert shown.index("Half of them left.") < shown.index("The carrier is on strike")

    await stage.desk.sam.post(f"{path}/solve", SOLVED)
    *_, solved = await told(stage)
    assert solved["message_id"] > message["message_id"]
    assert "They left." in solved["text"]
    assert OTTO not in {call["params"]["chat_id"] for call in await stage.sandbox.look("calls?method=sendMessage")}
