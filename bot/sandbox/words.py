"""Every word of the chat page itself; what the bot says is the bot's own."""

from bot.sandbox.model import Json
from i18n.languages import LANGUAGES, own_name
from i18n.negotiation import choose
from i18n.translator import Translator, translator


def page_words(language: str) -> Json:
    """The page's words in the language nearest to a tag.

    Args:
        language: as a browser or Telegram gives it, such as `pt-br`; may be empty.

    Returns:
        `language`, `rtl`, the `languages` one can choose from, and `words` by key; `{name}` and `{phone}` in them
        are filled by the page.
    """
    chosen = choose(telegram_tag=language)
    tr = translator(chosen)
    return {
        "language": chosen,
        "rtl": tr.rtl,
        "languages": [{"code": code.lower(), "name": own_name(code)} for code in LANGUAGES],
        "words": {**_of_the_list(tr), **_of_a_chat(tr), **_of_a_group(tr), **_of_messages(tr)},
    }


def _of_the_list(tr: Translator) -> dict[str, str]:
    """The list of people and the empty page."""
    return {
        "title": tr("Try Upline"),
        "pick": tr("Pick a person"),
        "pick_why": tr("Choose somebody from the list and chat with the bot as that person, in any language."),
        "pick_more": tr("Open two or three people side by side and watch what each of them is told."),
        "nothing_leaves": tr("Everything stays on this computer. No account and no phone are needed."),
        "search": tr("Search people"),
        "nobody_found": tr("Nobody by that name."),
        "nobody_offered": tr("Nobody is on offer yet. You can still chat as a new person."),
        "stranger": tr("New person"),
        "guest": tr("Guest"),
        "stranger_why": tr("Somebody whom the company does not know"),
        "page_language": tr("Language of this page"),
        "to_dark": tr("Dark colours"),
        "to_light": tr("Light colours"),
    }


def _of_a_chat(tr: Translator) -> dict[str, str]:
    """Header, field and menus of a chat."""
    return {
        "bot": tr("automatic assistant"),
        "person_language": tr("Language of this person"),
        "as_person": tr("You are chatting as {name}"),
        "back": tr("Back to the list"),
        "close": tr("Close"),
        "close_chat": tr("Close this chat"),
        "more": tr("More"),
        "message": tr("Write a message"),
        "send": tr("Send"),
        "attach": tr("Attach"),
        "attach_photo": tr("Send pictures"),
        "attach_document": tr("Send files"),
        "attach_voice": tr("Send a voice message"),
        "attach_large": tr("Send a file of 30 MB"),
        "no_reply": tr("Don't reply"),
        "own_contact": tr("Share own phone number"),
        "foreign_contact": tr("Share somebody else's phone number"),
        "use_link": tr("Open the personal link"),
        "block": tr("Block the bot"),
        "unblock": tr("Unblock the bot"),
        "start": tr("Start"),
        "what_can": tr("What can this bot do?"),
        "menu": tr("Commands"),
        "keyboard": tr("Show or hide the keyboard"),
    }


def _of_a_group(tr: Translator) -> dict[str, str]:
    """What a group has beside a chat with one person."""
    return {
        "acting": tr("As whom you write here"),
        "topics": tr("Topics"),
        "everything": tr("Everything"),
        "general": tr("General"),
        "group_empty": tr("Nobody has written here yet."),
        "take_out": tr("Remove the bot from the group"),
        "take_in": tr("Take the bot into the group"),
        "topic_made": tr("New topic: {name}"),
        "topic_named": tr("The topic is now called {name}"),
        "topic_closed": tr("The topic is closed"),
        "topic_reopened": tr("The topic is open again"),
        "joined": tr("{name} joined the group"),
        "left": tr("{name} left the group"),
    }


def _of_messages(tr: Translator) -> dict[str, str]:
    """Messages, dialogs and notices."""
    return {
        "typing": tr("is typing"),
        "uploading_photo": tr("is sending a picture"),
        "uploading_file": tr("is sending a file"),
        "edited": tr("edited"),
        "photo": tr("Picture"),
        "file": tr("File"),
        "voice": tr("Voice message"),
        "audio": tr("Sound"),
        "video": tr("Video"),
        "video_note": tr("Video message"),
        "animation": tr("Animation"),
        "sticker": tr("Sticker"),
        "location": tr("Place"),
        "reply": tr("Reply"),
        "forwarded": tr("Forwarded from {name}"),
        "contact": tr("Phone number"),
        "sent": tr("Sent"),
        "read": tr("Read"),
        "enlarge": tr("Enlarge the picture"),
        "pinned": tr("Pinned message"),
        "newest": tr("Go to the newest message"),
        "share_question": tr("Share the phone number?"),
        "share_what": tr("The bot will see the name and the number {phone}."),
        "share": tr("Share"),
        "cancel": tr("Cancel"),
        "copied": tr("Copied"),
        "no_app": tr("This button opens an app inside Telegram. It cannot be opened here."),
        "lost": tr("Connection lost. Trying again …"),
        "failed": tr("That did not work. Please try again."),
        "gone": tr("This button is no longer there."),
    }
