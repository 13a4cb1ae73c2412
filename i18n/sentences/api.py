"""Requests that the service cannot take as they are."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "body_malformed": mark("The request body is not valid JSON in UTF-8."),
    "body_too_large": mark("The request body is too large."),
    "cursor_invalid": mark("This page cursor is not valid. Start again from the first page."),
    "idempotency_key_invalid": mark("An idempotency key has 1 to 200 printable ASCII characters."),
    "idempotency_key_reused": mark("This idempotency key was already used for a different request."),
    "internal_error": mark("Something went wrong on our side. It has been noted; please try again later."),
    "media_type_wrong": mark("Send the request body as application/json."),
    "method_not_allowed": mark("This address does not take that method. It takes {allowed}."),
    "not_ready": mark("The service is starting up. Please try again in a moment."),
    "path_unknown": mark("There is nothing at this address."),
    "request_invalid": mark("Some of what was sent is not valid. Nothing was changed; see the list of faults."),
}
