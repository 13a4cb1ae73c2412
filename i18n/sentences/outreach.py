"""Sentences of core's refusals about messages that are planned."""

from i18n.translator import mark

SENTENCES = {
    "kind_unknown": mark('No message of the kind "{kind}" is ever planned. There are {known}.'),
}
