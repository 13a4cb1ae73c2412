"""Whom a campaign means and reaches: against a plain definition, person by person, and the worked tables."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.campaigns import rules
from core.campaigns.model import CampaignState, LeftOut, NewCampaign, Segment, Words
from core.campaigns.rules import REACHED, REASONS, Figures, People
from core.people.model import Kind, Status

LADDER = ("bronze", "silver", "gold")
COUNTRIES, LANGUAGES = ("ES", "DE", "MX"), ("es", "de", "en")


@dataclass(frozen=True)
class Human:
    """One person as the plain definition looks at her."""

    kind: str
    status: str
    country: str
    language: str
    rank: str | None
    is_below: bool
    why: LeftOut | None
    has_chat: bool


HUMANS = st.lists(
    st.builds(
        Human,
        kind=st.sampled_from([kind.value for kind in Kind]),
        status=st.sampled_from([Status.ACTIVE.value, Status.SUSPENDED.value]),
        country=st.sampled_from(COUNTRIES),
        language=st.sampled_from(LANGUAGES),
        rank=st.sampled_from([None, *LADDER]),
        is_below=st.booleans(),
        why=st.sampled_from([None, *LeftOut]),
        has_chat=st.booleans(),
    ),
    max_size=12,
)
SEGMENTS = st.builds(
    Segment,
    ranks=st.lists(st.sampled_from(LADDER), unique=True, max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(LANGUAGES), unique=True, max_size=2).map(tuple),
    statuses=st.sampled_from([(), (Status.ACTIVE,), (Status.SUSPENDED,)]),
    kinds=st.sampled_from([(), (Kind.DISTRIBUTOR,), (Kind.CUSTOMER,), tuple(Kind)]),
    below=st.sampled_from([None, "ana"]),
)


def means(segment: Segment, human: Human) -> bool:
    """What a segment says, read word by word."""
    return (
        (not segment.ranks or human.rank in segment.ranks)
        and (not segment.countries or human.country in segment.countries)
        and (not segment.languages or human.language in segment.languages)
        and (not segment.statuses or human.status in segment.statuses)
        and (not segment.kinds or human.kind in segment.kinds)
        and (segment.below is None or human.is_below)
    )


def in_columns(humans: list[Human]) -> tuple[People, Figures]:
    """Person `k` has the id `3 * k + 1`; the last one stands in no tree, so the figures end before her."""
    persons = np.array([3 * place + 1 for place in range(len(humans))], np.int64)
    ranks, below = np.zeros(3 * len(humans) + 1, np.int64), np.zeros(3 * len(humans) + 1, np.bool_)
    for person, human in zip(persons.tolist(), humans, strict=True):
        ranks[person] = 0 if human.rank is None else LADDER.index(human.rank) + 1
        below[person] = human.is_below
    people = People(
        persons=persons,
        kinds=np.array([human.kind for human in humans], np.str_),
        statuses=np.array([human.status for human in humans], np.str_),
        countries=np.array([human.country for human in humans], np.str_),
        languages=np.array([human.language for human in humans], np.str_),
        way=np.array([REACHED if human.why is None else REASONS.index(human.why) for human in humans], np.int8),
        has_chat=np.array([human.has_chat for human in humans], np.bool_),
    )
    return people, Figures(LADDER, ranks, below)


@given(HUMANS, SEGMENTS)
def test_masks_find_whom_the_words_of_a_segment_mean(humans: list[Human], segment: Segment) -> None:
    people, figures = in_columns(humans)
    meant = [human for human in humans if means(segment, human)]
    assert rules.members(segment, people, figures).tolist() == [means(segment, human) for human in humans]
    assert rules.reached(segment, people, figures).tolist() == [
        3 * place + 1 for place, human in enumerate(humans) if means(segment, human) and human.why is None
    ]
    found = rules.preview(segment, {"en": Words(text="Hi")}, people, figures)
    assert (found.people, found.reached) == (len(meant), sum(human.why is None for human in meant))
    assert found.left_out == {
        reason: count for reason in LeftOut if (count := sum(human.why is reason for human in meant))
    }
    assert found.by_chat == sum(human.has_chat for human in meant if human.why is None)
    assert found.by_email == found.reached - found.by_chat
    spoken = [human.language for human in meant if human.why is None]
    assert {share.language: share.people for share in found.languages} == {one: spoken.count(one) for one in spoken}
    assert set(found.missing) == set(spoken) - {"en"}


def test_whoever_came_after_the_figures_were_made_has_no_rank_and_is_below_nobody() -> None:
    people, _ = in_columns([Human("distributor", "active", "ES", "es", "gold", True, None, True)])
    figures = Figures(LADDER, np.zeros(0, np.int64), np.zeros(0, np.bool_))
    assert rules.members(Segment(), people, figures).tolist() == [True]
    assert rules.members(Segment(ranks=("gold",)), people, figures).tolist() == [False]
    assert rules.members(Segment(below="ana"), people, figures).tolist() == [False]


@pytest.mark.parametrize(
    ("wants", "announced", "blocked", "has_chat", "has_mail", "why"),
    [
        (False, True, False, True, True, LeftOut.MESSAGES_OFF),
        (True, False, False, True, True, LeftOut.ANNOUNCEMENTS_OFF),
        (True, True, True, False, True, LeftOut.BLOCKED),
        (True, True, False, False, False, LeftOut.NO_ADDRESS),
        (True, True, False, False, True, None),
        (True, True, False, True, False, None),
    ],
)
def test_the_first_reason_that_applies_is_told(
    *, wants: bool, announced: bool, blocked: bool, has_chat: bool, has_mail: bool, why: LeftOut | None
) -> None:
    given_here = {"wants": wants, "announced": announced, "blocked": blocked, "has_chat": has_chat}
    columns = {name: np.array([value]) for name, value in (given_here | {"has_mail": has_mail}).items()}
    assert rules.ways(**columns).tolist() == [REACHED if why is None else REASONS.index(why)]


@pytest.mark.parametrize(
    ("words", "language", "gets"),
    [
        (("en", "de"), "de", "de"),
        (("en", "pt-BR"), "pt", "pt-BR"),
        (("en", "de"), "fr", "en"),
        (("es", "de"), "fr", "de"),
    ],
)
def test_who_has_no_words_of_her_own_gets_the_nearest(words: tuple[str, ...], language: str, gets: str) -> None:
    assert rules.words_for(words, language) == gets


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ("cancelled moment come planned", CampaignState.CANCELLED),
        ("", CampaignState.DRAFT),
        ("moment", CampaignState.SCHEDULED),
        ("moment come", CampaignState.SENDING),
        ("moment come planned waits", CampaignState.SENDING),
        ("moment come planned", CampaignState.SENT),
    ],
)
def test_where_a_campaign_stands(facts: str, state: CampaignState) -> None:
    found = rules.state_of(
        is_cancelled="cancelled" in facts,
        has_moment="moment" in facts,
        has_come="come" in facts,
        is_planned="planned" in facts,
        waits="waits" in facts,
    )
    assert found is state


def test_every_fault_is_told_with_its_place() -> None:
    segment = Segment(
        ranks=("gold", "lead"), countries=("ES", "XX", "de"), languages=("tlh",), statuses=(Status.TERMINATED,)
    )
    words = {"en": Words(text=" \n"), "it": Words(title=" ", text="Ciao")}
    found = list(rules.faults(NewCampaign(name="n", segment=segment, words=words), LADDER))
    assert [(fault.place, fault.code) for fault in found] == [
        ("body.words", "unknown"),
        ("body.words.en.text", "empty"),
        ("body.words.it.title", "empty"),
        ("body.segment.languages", "unknown"),
        ("body.segment.ranks", "unknown"),
        ("body.segment.countries", "unknown"),
        ("body.segment.countries", "unknown"),
        ("body.segment.statuses", "unknown"),
    ]
    assert found[4].expected == "one of bronze, silver, gold, not lead"
    assert [fault.place for fault in rules.faults(NewCampaign(name="n", words={}), LADDER)] == ["body.words"]
