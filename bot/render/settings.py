"""Her own settings, and the languages."""

from bot.render.common import menu_button, rows
from bot.screen import Button, Screen, bold, button, grid, lines
from core.people.model import Me
from i18n.languages import LANGUAGES, own_name, own_name_inside
from i18n.translator import Translator


def settings(me: Me, tr: Translator) -> Screen:
    """What she can change herself."""
    messages = tr("Messages from me: on") if me.notifications else tr("Messages from me: off")
    toggle = (
        button(tr("🔕 Turn messages off"), "s", "off")
        if me.notifications
        else button(tr("🔔 Turn messages on"), "s", "on")
    )
    return Screen(
        lines(
            bold(tr("Your settings")),
            "",
            tr("Language: {language}", language=own_name_inside(tr.language)),
            messages,
            tr("Time zone: {zone}", zone=tr.zone(me.time_zone)),
        ),
        rows(
            (button(tr("🌐 Language"), "lang", ""), toggle),
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


def _choice(language: str, tr: Translator) -> Button | None:
    mark = "✅ " if language == tr.language else ""
    return button(mark + own_name(language), "lang", language)
