"""Her own settings, and the languages."""

from bot.render.common import has_no_line, menu_button, rows
from bot.render.preferences import clock, summary_told, toggle, topics_of
from bot.screen import Button, Screen, bold, button, grid, lines
from core.people.model import Me
from core.preferences.model import Level, Preferences
from i18n.languages import LANGUAGES, own_name, own_name_inside
from i18n.translator import Translator


def settings(hers: Preferences, me: Me, tr: Translator) -> Screen:
    """What she can change herself."""
    often = None if has_no_line(me) else button(tr("📊 Gauge summary"), "ns", "")
    return Screen(
        lines(
            bold(tr("Your settings")),
            "",
            tr("Language: {language}", language=own_name_inside(tr.language)),
            _messages(hers, me, tr),
            _quiet(hers, tr),
            tr("Time zone: {zone}", zone=tr.zone(hers.time_zone)),
            None if often is None else summary_told(hers, tr),
        ),
        rows(
            (button(tr("🌐 Language"), "lang", ""), button(tr("🔔 Messages"), "nm", 0)),
            (button(tr("🌙 Quiet hours"), "nq", ""), button(tr("🕑 Time zone"), "nz", "")),
            (often, toggle(tr, on=hers.on)),
            (button(tr("🔌 Disconnect this chat"), "un", ""),),
            (menu_button(tr),),
        ),
    )


def languages(tr: Translator, *, stranger: bool, unknown: bool = False) -> Screen:
    """The choice; `unknown` where she asked for a language that we do not speak."""
    return Screen(
        lines(
            *([tr("I don't speak that language yet.")] if unknown else []),
            tr("Which language would you like to use?"),
        ),
        rows(
            grid([_choice(language, tr) for language in LANGUAGES]),
            () if stranger else (button(tr("‹ Back"), "s"), menu_button(tr)),
        ),
    )


def language_changed(tr: Translator, *, stranger: bool) -> Screen:
    """In the new language already."""
    return Screen(
        tr("All right, we'll speak {language} from now on.", language=bold(own_name_inside(tr.language))),
        () if stranger else rows((button(tr("⚙️ Settings"), "s"), menu_button(tr))),
    )


def disconnect(tr: Translator) -> Screen:
    """Asked once, the safe choice first."""
    return Screen(
        lines(
            tr("Disconnect this chat from your account?"),
            tr("You won't see any figures here until you connect it again. Your account itself stays as it is."),
        ),
        rows((button(tr("Stay connected"), "s"), button(tr("Disconnect"), "un", "yes", danger=True))),
    )


def disconnected(tr: Translator) -> Screen:
    """Done, and the way back."""
    return Screen(
        lines(
            tr("This chat is now disconnected. It no longer shows your figures."),
            tr("To connect it again, share your phone number or open a personal link from your company."),
        )
    )


def _messages(hers: Preferences, me: Me, tr: Translator) -> str:
    """Whether messages come, and of how many topics fewer or none."""
    if not hers.on:
        return tr("Messages from me: off")
    down = sum(hers.levels[topic] is not Level.ALL for topic in topics_of(me))
    if not down:
        return tr("Messages from me: on")
    return tr.plural(
        "Messages from me: on, with {n} topic turned down", "Messages from me: on, with {n} topics turned down", down
    )


def _quiet(hers: Preferences, tr: Translator) -> str:
    if hers.quiet.never:
        return tr("Quiet hours: none")
    begin, end = clock(hers.quiet.begins, tr), clock(hers.quiet.ends, tr)
    return tr("Quiet hours: {begin} to {end}", begin=begin, end=end)


def _choice(language: str, tr: Translator) -> Button | None:
    mark = "✅ " if language == tr.language else ""
    return button(mark + own_name(language), "lang", language)
