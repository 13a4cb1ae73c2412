"""Sentences about tickets and drafts of them."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "ticket_unknown": mark("I couldn't find ticket {ticket}."),
    "ticket_move_impossible": mark("Ticket {ticket} can't go there from where it stands now. Have another look at it."),
    "ticket_merged": mark("Ticket {ticket} goes on as ticket {into}. Please write there."),
    "ticket_closed": mark("Ticket {ticket} was closed too long ago. Please start a new one."),
    "ticket_changed": mark("Somebody has just changed ticket {ticket}. Please have another look first."),
    "ticket_type_unknown": mark("There is no ticket type {type}. Known are: {known}."),
    "ticket_state_unknown": mark("There is no ticket state {state}. Known are: {known}."),
    "ticket_queue_unknown": mark("There is no queue {queue}. Known are: {known}."),
    "ticket_rated": mark("You rated ticket {ticket} already. Thank you!"),
    "ticket_not_done": mark("Ticket {ticket} is still open. You can rate it once it's solved."),
    "ticket_person_differs": mark("Tickets {ticket} and {into} are not two tickets of the same person."),
    "ticket_split_whole": mark("At least one message has to stay with ticket {ticket}."),
    "ticket_message_unknown": mark("Ticket {ticket} has no message {message}."),
    "ticket_link_unknown": mark("I found nothing called {id} to link to."),
    "ticket_text_empty": mark("There is nothing in this message yet. Write a few words or send a file."),
    "ticket_text_too_long": mark("This message is too long: {length} characters, and at most {most} fit."),
    "too_many_open_tickets": mark("You have {most} open tickets already. Please wait until one is solved."),
    "draft_gone": mark("This draft isn't there any more. Just write again."),
    "draft_empty": mark("Please write a few words about it first."),
    "answer_gone": mark("It's too late to take this answer back: it's on its way, or was taken back already."),
    "canned_answer_unknown": mark("There is no canned answer {canned}."),
}
