"""Which title is in force, for statements of this room and of rooms that read people in SQL of their own."""


def career_rank_now(person: str = "person") -> str:
    """The title in force, as SQL.

    Args:
        person: how the statement calls the row of the person.
    """
    turned = f"{person}.coming_with IN (SELECT title_turn.name FROM title_turn)"  # noqa: S608  # a name of our own
    return f"CASE WHEN {turned} THEN {person}.coming_rank ELSE {person}.career_rank END"
