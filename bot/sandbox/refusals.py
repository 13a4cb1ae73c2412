"""Every refusal the stand-in gives, as data: status, Telegram's wording, and the source that says so."""

from dataclasses import dataclass, field
from typing import Any

API = "https://core.telegram.org/bots/api"
FAQ = "https://core.telegram.org/bots/faq"
FEATURES = "https://core.telegram.org/bots/features"
SPEC = "api.json"


@dataclass(frozen=True)
class Rule:
    """One reason to refuse.

    Args:
        wording: Telegram's description, with named places.
        source: a field of api.json (`api.json#…`) or the page of Telegram's documentation.
        fault: whether a careful bot would never have asked.
    """

    name: str
    status: int
    wording: str
    source: str
    fault: bool = True


class Refusal(Exception):
    """The call is answered with an error; carries the rule that says why."""

    def __init__(self, rule: Rule, description: str, source: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.rule = rule
        self.description = description
        self.source = source
        self.parameters = parameters


@dataclass(frozen=True)
class _Table:
    rules: dict[str, Rule] = field(default_factory=dict)

    def add(self, status: int, source: str, *, fault: bool = True, **wordings: str) -> None:
        prefix = {400: "Bad Request: ", 403: "Forbidden: ", 409: "Conflict: "}.get(status, "")
        for name, wording in wordings.items():
            assert name not in self.rules, f"two rules are called {name}"
            self.rules[name] = Rule(name, status, prefix + wording, source, fault)


_TABLE = _Table()
RULES = _TABLE.rules

_TABLE.add(401, f"{API}#authorizing-your-bot", unauthorized="Unauthorized", fault=False)
_TABLE.add(404, f"{SPEC}#methods", method_unknown="Not Found")
_TABLE.add(413, f"{API}#sending-files", upload_too_large="Request Entity Too Large")
_TABLE.add(
    400,
    f"{API}#making-requests",
    json_broken="can't parse JSON object",
    media_type_unknown="unsupported Content-Type",
)
_TABLE.add(400, f"{SPEC}#methods", method_not_played="the sandbox does not play {method}")
_TABLE.add(
    400,
    f"{SPEC}#{{where}}",
    field_missing="can't parse {owner}: Can't find field \"{field}\"",
    parameter_missing='parameter "{field}" is required',
    field_wrong_type='field "{field}" must be of type {kinds}',
    field_unknown='sandbox is strict: unknown field "{field}"',
)
_TABLE.add(400, f"{API}#sendmessage", text_empty="message text is empty", text_too_long="message is too long")
_TABLE.add(400, f"{API}#sendphoto", caption_too_long="message caption is too long")
_TABLE.add(
    400,
    f"{API}#formatting-options",
    entities_broken="can't parse entities: {reason}",
    parse_mode_unknown="unsupported parse_mode",
)
_TABLE.add(400, f"{API}#messageentity", entity_bounds="ENTITY_BOUNDS_INVALID")
_TABLE.add(
    400,
    f"{API}#inlinekeyboardbutton",
    button_without_action="can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    button_two_actions="can't parse inline keyboard button: exactly one action must be specified",
    button_text_empty="can't parse inline keyboard button: Text is empty",
    button_data_invalid="BUTTON_DATA_INVALID",
    button_url_invalid="inline keyboard button URL '{url}' is invalid: Wrong HTTP URL",
    button_web_app_invalid="inline keyboard button Web App URL '{url}' is invalid: Only HTTPS links are allowed",
    button_style_invalid="invalid button style specified",
    button_copy_text_invalid="BUTTON_COPY_TEXT_INVALID",
)
_TABLE.add(
    400,
    "https://github.com/tginfo/Telegram-Limits",
    markup_too_long="reply markup is too long",
)
_TABLE.add(
    400,
    f"{API}#keyboardbutton",
    key_text_empty="can't parse keyboard button: Text is empty",
    key_request_private_only="phone number can be requested in private chats only",
)
_TABLE.add(400, f"{API}#replykeyboardmarkup", placeholder_too_long="input_field_placeholder is too long")
_TABLE.add(400, f"{API}#sendmessage", chat_not_found="chat not found", chat_id_empty="chat_id is empty")
_TABLE.add(
    400,
    f"{API}#responseparameters",
    migrated="group chat was upgraded to a supergroup chat",
    fault=False,
)
_TABLE.add(400, f"{API}#replyparameters", reply_not_found="message to be replied not found")
_TABLE.add(
    403,
    f"{FAQ}#what-can-you-do-with-bots",
    blocked="bot was blocked by the user",
    never_started="bot can't initiate conversation with a user",
    kicked="bot was kicked from the group chat",
    deactivated="user is deactivated",
    fault=False,
)
_TABLE.add(
    400,
    f"{API}#editmessagetext",
    not_modified="message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message",
    edit_not_found="message to edit not found",
    edit_impossible="message can't be edited",
    edit_id_missing="message identifier is not specified",
    edit_no_text="there is no text in the message to edit",
)
_TABLE.add(400, f"{API}#editmessagecaption", edit_no_caption="there is no caption in the message to edit")
_TABLE.add(400, f"{API}#editmessagemedia", edit_no_media="there is no media in the message to edit")
_TABLE.add(
    400,
    f"{API}#deletemessage",
    delete_not_found="message to delete not found",
    delete_impossible="message can't be deleted for everyone",
    delete_too_many="too many message identifiers specified",
)
_TABLE.add(
    400,
    f"{API}#createforumtopic",
    not_a_forum="the chat is not a forum",
    topic_rights="not enough rights to create a topic",
    topic_name_invalid="topic name must be from 1 to 128 characters",
    thread_not_found="message thread not found",
    topic_not_modified="TOPIC_NOT_MODIFIED",
)
_TABLE.add(400, f"{API}#forwardmessage", forward_not_found="message to forward not found")
_TABLE.add(400, f"{API}#copymessage", copy_not_found="message to copy not found")
_TABLE.add(400, f"{API}#pinchatmessage", pin_not_found="message to pin not found")
_TABLE.add(
    400,
    f"{API}#setmessagereaction",
    react_not_found="message to react not found",
    reaction_invalid="REACTION_INVALID",
    reactions_too_many="REACTIONS_TOO_MANY",
)
_TABLE.add(
    400,
    f"{API}#answercallbackquery",
    query_too_old="query is too old and response timeout expired or query ID is invalid",
    answer_too_long="MESSAGE_TOO_LONG",
    answer_url_invalid="URL_INVALID",
)
_TABLE.add(400, f"{API}#sendchataction", action_unknown="wrong parameter action in request")
_TABLE.add(
    400,
    f"{API}#sending-files",
    photo_missing="there is no photo in the request",
    document_missing="there is no document in the request",
    voice_missing="there is no voice in the request",
    file_id_wrong="wrong file identifier/HTTP URL specified",
    file_url_refused="failed to get HTTP URL content",
    file_empty="file must be non-empty",
    photo_dimensions="PHOTO_INVALID_DIMENSIONS",
    image_broken="IMAGE_PROCESS_FAILED",
    photo_too_big="file of size {size} bytes is too big for a photo; the maximum size is {limit} bytes",
    media_kind_wrong="can't use file of type {actual} as {wanted}",
    media_invalid="type of file mismatch",
)
_TABLE.add(
    400,
    f"{API}#getfile",
    download_too_big="file is too big",
    file_unknown="wrong file_id or the file is temporarily unavailable",
)
_TABLE.add(
    400,
    f"{API}#botcommand",
    command_invalid="BOT_COMMAND_INVALID",
    command_description_invalid="BOT_COMMAND_DESCRIPTION_INVALID",
    command_description_empty="command description must be non-empty",
    commands_too_many="BOT_COMMANDS_TOO_MUCH",
)
_TABLE.add(400, f"{API}#setmycommands", language_invalid="invalid language code specified")
_TABLE.add(400, f"{API}#setmyname", name_too_long="BOT_TITLE_INVALID")
_TABLE.add(400, f"{API}#setmydescription", description_too_long="BOT_DESCRIPTION_INVALID")
_TABLE.add(400, f"{API}#setmyshortdescription", short_description_too_long="BOT_SHORT_DESCRIPTION_INVALID")
_TABLE.add(400, f"{API}#setchatmenubutton", menu_button_invalid="MENU_BUTTON_URL_INVALID")
_TABLE.add(
    400,
    f"{API}#setwebhook",
    webhook_https="bad webhook: An HTTPS URL must be provided for webhook",
    webhook_port="bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    webhook_bad_characters="secret token contains unallowed characters",
    webhook_connections="max_connections must be between 1 and 100",
)
_TABLE.add(400, f"{FEATURES}#deep-linking", start_too_long="START_PARAM_INVALID")
_TABLE.add(
    409,
    f"{API}#getupdates",
    other_poller="terminated by other getUpdates request; make sure that only one bot instance is running",
    webhook_active="can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    terminated_by_webhook="terminated by setWebhook request",
)
_TABLE.add(
    429,
    f"{FAQ}#my-bot-is-hitting-limits-how-do-i-avoid-this",
    flood="Too Many Requests: retry after {seconds}",
)
_TABLE.add(429, f"{API}#responseparameters", ordered_429="Too Many Requests: retry after {seconds}", fault=False)
_TABLE.add(500, f"{API}#making-requests", ordered_500="Internal Server Error", fault=False)
# Faults that Telegram itself answers with silence: they are reported and refused only in strict mode.
_TABLE.add(400, f"{API}#answercallbackquery", query_unanswered="callback query left unanswered")
_TABLE.add(429, f"{API}#responseparameters", retry_after_ignored="retry_after was not waited for")


def refuse(name: str, *, parameters: dict[str, Any] | None = None, **facts: object) -> Refusal:
    """The refusal of that name, ready to raise.

    Args:
        parameters: `ResponseParameters` of the answer, such as `retry_after`.
        facts: what the wording and the source have places for.
    """
    rule = RULES[name]
    return Refusal(rule, rule.wording.format_map(facts), rule.source.format_map(facts), parameters)
