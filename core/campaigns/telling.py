"""Campaigns as lines for the command line, in English."""

from collections.abc import Iterator
from datetime import datetime

from core.campaigns.model import Campaign, CampaignCard, LeftOut, Preview, Segment, Words
from core.kernel.english import counted

WHY = {
    LeftOut.MESSAGES_OFF: "want no messages",
    LeftOut.ANNOUNCEMENTS_OFF: "turned announcements off",
    LeftOut.BLOCKED: "blocked the bot",
    LeftOut.NO_ADDRESS: "have no chat and no e-mail address that takes messages",
}


def line(campaign: Campaign) -> str:
    """A campaign in one line; times are UTC."""
    state = campaign.state.value
    if campaign.at is not None:
        state = f"{state}\t{_moment(campaign.at)} UTC"
    planned = "" if campaign.planned is None else f"\t{counted(campaign.planned, 'person', 'people')}"
    return f"{campaign.number}\t{campaign.name}\t{state}{planned}"


def told(card: CampaignCard) -> list[str]:
    """One campaign: whom it means, and what became of its messages."""
    states = [f"{state.value} {count:,}" for state, count in sorted(card.numbers.by_state.items())]
    tapped = [f"tapped {card.numbers.tapped:,}"] if states else []
    return [
        line(card),
        f"  means: {meant(card.segment)}",
        f"  words: {', '.join(card.words)}",
        f"  messages: {', '.join(states + tapped) or 'none yet'}",
    ]


def previewed(found: Preview) -> Iterator[str]:
    """Whom it reaches and whom not, by language, and the words."""
    yield f"It means {counted(found.people, 'person', 'people')} and reaches {found.reached:,}:"
    yield f"  {found.by_chat:,} by chat, {found.by_email:,} by e-mail alone"
    for reason, count in found.left_out.items():
        yield f"  left out: {count:,} who {WHY[reason]}"
    for share in found.languages:
        gets = "" if share.gets == share.language else f", who get it in {share.gets}: there are no words in theirs"
        yield f"  {share.language}: {share.people:,}{gets}"
    for language, words in found.words.items():
        yield f"--- {language}"
        yield from _lines(words)


def meant(segment: Segment) -> str:
    """Whom a segment means, in words."""
    parts = [
        f"{name} {', '.join(values)}"
        for name, values in (
            ("ranks", segment.ranks),
            ("countries", segment.countries),
            ("languages", segment.languages),
            ("statuses", [one.value for one in segment.statuses]),
            ("kinds", [one.value for one in segment.kinds]),
            ("below", [segment.below] if segment.below else []),
        )
        if values
    ]
    return "; ".join(parts) or "everybody"


def _lines(words: Words) -> Iterator[str]:
    if words.title is not None:
        yield words.title
    yield words.text


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
