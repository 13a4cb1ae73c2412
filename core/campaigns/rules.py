"""Whom a campaign means, who of them is reached, and in which words: masks over arrays, pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.campaigns.model import CampaignState, LanguageShare, LeftOut, NewCampaign, Preview, Segment, Words
from core.http.model import Fault
from core.people.model import Status
from core.people.rules import is_country
from i18n.languages import LANGUAGES, SOURCE, base_of

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Texts = NDArray[np.str_]

REASONS = tuple(LeftOut)
"""The first that applies is told."""
REACHED = len(REASONS)
"""In `People.way`: nothing keeps a message from her."""


@dataclass(frozen=True, slots=True)
class People:
    """All people but those who have left, one place each."""

    persons: Ints
    """Ids, rising."""
    kinds: Texts
    statuses: Texts
    countries: Texts
    languages: Texts
    """In which they are spoken to."""
    way: NDArray[np.int8]
    """The place of the reason in `REASONS` that leaves her out, or `REACHED`."""
    has_chat: Mask
    """A chat of hers takes messages."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Where people stand now, by person id; ids beyond the end stand nowhere."""

    ladder: Sequence[str]
    """Codes of the ranks, from the lowest."""
    ranks: NDArray[np.int64]
    """The rank's place on the ladder from 1; 0 for none."""
    below: Mask
    """Whether she stands in the line that the segment names; of no meaning where it names none."""


def members(segment: Segment, people: People, figures: Figures) -> Mask:
    """Whom a segment means.

    | segment                            | whom it means                                       |
    | ---------------------------------- | --------------------------------------------------- |
    | nothing                            | everybody who has not left                          |
    | ranks gold, diamond                | who would be paid by one of these now               |
    | countries ES; kinds customer       | customers in Spain                                  |
    | languages de; below P7             | whoever is spoken to in German in the line of P7    |
    """
    found = np.ones(len(people.persons), np.bool_)
    for wanted, column in (
        (segment.countries, people.countries),
        (segment.languages, people.languages),
        (segment.statuses, people.statuses),
        (segment.kinds, people.kinds),
    ):
        if wanted:
            found &= np.isin(column, [str(one) for one in wanted])
    if segment.ranks:
        places = [place for place, code in enumerate(figures.ladder, 1) if code in segment.ranks]
        found &= np.isin(_of(figures.ranks, people.persons), places)
    if segment.below is not None:
        found &= _of(figures.below, people.persons).astype(np.bool_)
    return found


def reached(segment: Segment, people: People, figures: Figures) -> Ints:
    """Ids of those who get it, rising."""
    found: Ints = people.persons[members(segment, people, figures) & (people.way == REACHED)]
    return found


def ways(*, wants: Mask, announced: Mask, blocked: Mask, has_chat: Mask, has_mail: Mask) -> NDArray[np.int8]:
    """The first reason that leaves each person out.

    | wants messages | announcements | blocked the bot | chat | e-mail | way                |
    | -------------- | ------------- | --------------- | ---- | ------ | ------------------ |
    | no             | yes           | no              | yes  | yes    | messages off       |
    | yes            | no            | no              | yes  | yes    | announcements off  |
    | yes            | yes           | yes             | no   | yes    | blocked            |
    | yes            | yes           | no              | no   | no     | no address         |
    | yes            | yes           | no              | no   | yes    | reached, by e-mail |
    | yes            | yes           | no              | yes  | no     | reached, by chat   |
    """
    conditions = [~wants, ~announced, blocked, ~(has_chat | has_mail)]
    return np.select(conditions, [np.int8(place) for place in range(REACHED)], np.int8(REACHED)).astype(np.int8)


def words_for(words: Collection[str], language: str) -> str:
    """The language of the words that somebody gets: hers, its base or a sister of it, English, else the first by name.

    | words      | she is spoken to in | gets  |
    | ---------- | ------------------- | ----- |
    | en, de     | de                  | de    |
    | en, pt-BR  | pt                  | pt-BR |
    | en, de     | fr                  | en    |
    | de, es     | fr                  | de    |
    """
    sisters = sorted(one for one in words if base_of(one) == base_of(language))
    wanted = [language, base_of(language), *sisters, SOURCE]
    return next((one for one in wanted if one in words), min(words))


def preview(segment: Segment, words: Mapping[str, Words], people: People, figures: Figures) -> Preview:
    """What a campaign would do if it went out now."""
    meant = members(segment, people, figures)
    counts = np.bincount(people.way[meant], minlength=REACHED + 1).tolist()
    goes = meant & (people.way == REACHED)
    by_chat = int((goes & people.has_chat).sum())
    spoken = Counter(people.languages[goes].tolist())
    shares = [
        LanguageShare(language=language, people=number, gets=words_for(words, language))
        for language, number in sorted(spoken.items(), key=lambda one: (-one[1], one[0]))
    ]
    return Preview(
        people=int(meant.sum()),
        reached=counts[REACHED],
        by_chat=by_chat,
        by_email=counts[REACHED] - by_chat,
        left_out={reason: counts[place] for place, reason in enumerate(REASONS) if counts[place]},
        languages=tuple(shares),
        missing=tuple(share.language for share in shares if share.gets != share.language),
        words=dict(words),
    )


def faults(new: NewCampaign, ladder: Sequence[str]) -> Iterator[Fault]:
    """All that is wrong with a campaign, each with its place.

    Args:
        ladder: codes of the ranks of the plan in force.
    """
    if not new.words:
        yield Fault(place="body.words", code="empty", expected="words in at least one language")
    yield from _unknown("words", new.words, LANGUAGES)
    for language, words in new.words.items():
        if not words.text.strip():
            yield Fault(place=f"body.words.{language}.text", code="empty", expected="a text that is not blank")
        if words.title is not None and not words.title.strip():
            yield Fault(place=f"body.words.{language}.title", code="empty", expected="a title that is not blank")
    yield from _unknown("segment.languages", new.segment.languages, LANGUAGES)
    yield from _unknown("segment.ranks", new.segment.ranks, ladder)
    for code in new.segment.countries:
        if not is_country(code):
            yield Fault(place="body.segment.countries", code="unknown", expected=f"a country such as ES, not {code}")
    if Status.TERMINATED in new.segment.statuses:
        yield Fault(place="body.segment.statuses", code="unknown", expected="active or suspended")


def state_of(*, is_cancelled: bool, has_moment: bool, has_come: bool, is_planned: bool, waits: bool) -> CampaignState:
    """Where a campaign stands.

    | cancelled | moment | has come | all made | some wait | state     |
    | --------- | ------ | -------- | -------- | --------- | --------- |
    | yes       | yes    | yes      | yes      | no        | cancelled |
    | no        | no     | no       | no       | no        | draft     |
    | no        | yes    | no       | no       | no        | scheduled |
    | no        | yes    | yes      | no       | no        | sending   |
    | no        | yes    | yes      | yes      | yes       | sending   |
    | no        | yes    | yes      | yes      | no        | sent      |
    """
    if is_cancelled:
        return CampaignState.CANCELLED
    if not has_moment:
        return CampaignState.DRAFT
    if not has_come:
        return CampaignState.SCHEDULED
    return CampaignState.SENT if is_planned and not waits else CampaignState.SENDING


def _unknown(place: str, given: Collection[str], known: Collection[str]) -> Iterator[Fault]:
    for one in given:
        if one not in known:
            yield Fault(place=f"body.{place}", code="unknown", expected=f"one of {', '.join(known)}, not {one}")


def _of(column: NDArray[np.generic], persons: Ints) -> NDArray[np.generic]:
    """What a column by person id says of people; zero of those beyond its end."""
    if not len(column):
        return np.zeros(len(persons), column.dtype)
    inside = persons < len(column)
    return np.where(inside, column[np.where(inside, persons, 0)], np.zeros(1, column.dtype))
