"""Messages that are nothing but a name of ours: a rank, or a language."""

from collections.abc import Mapping

from bot.understanding.model import Intent, Lexicon, SlotValue
from bot.understanding.slots.language_name import whole_language_name
from bot.understanding.slots.rank import whole_rank
from bot.understanding.text import fold

_END_MARKS = " .!?¿¡؟,;:…。！？"


def whole_message(text: str, lexicon: Lexicon) -> tuple[Intent, Mapping[str, SlotValue]] | None:
    """A bare rank asks for the way there, a bare language to speak it; None for everything else."""
    bare = fold(text).strip(_END_MARKS)
    named_rank = whole_rank(bare, lexicon)
    if named_rank is not None:
        return Intent.RANK_PROGRESS, {"rank": named_rank}
    named_language = whole_language_name(bare)
    return None if named_language is None else (Intent.CHANGE_LANGUAGE, {"language": named_language})
