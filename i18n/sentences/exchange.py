"""Sentences about files that are imported. Line and column stand before them, or the lines after them."""

from i18n.sentences import Counted, Sentences
from i18n.translator import mark, mark_plural

SENTENCES: Sentences = {
    "import_overtaken": mark("Somebody recorded the same while the file was read. Nothing was changed: try again."),
    # the file as such
    "import_not_utf8": mark("This line is not in UTF-8. Save the file in UTF-8."),
    "import_csv_broken": mark("From here on the file is not readable as CSV: a quotation mark may be missing."),
    "import_separator_wrong": mark(
        "The columns are separated by “{found}”. Save the file as CSV with commas between the columns."
    ),
    "import_header_missing": mark("The first line is empty. It names the columns: {expected}."),
    "import_columns_missing": mark("The header lacks {missing}. It has {found}."),
    "import_column_twice": mark("The header names {column} twice."),
    "import_field_count": mark("This line has {count} fields, the header {expected}."),
    "import_text_unfit": mark("The text in {column} holds a NUL character or is longer than {longest} characters."),
    "import_value_missing": mark("{column} is empty. Every line needs a value there."),
    "import_column_ignored": mark("The column {column} is not imported."),
    # one field
    "import_day_wrong": mark("“{value}” is not a day. Expected one such as 2026-11-22."),
    "import_time_wrong": mark("“{value}” is neither a day nor a time. Expected 2026-11-22 or 2026-11-22 10:30:00."),
    "import_price_wrong": mark("“{value}” is not a price. Expected a number such as 12.50, with at most six decimals."),
    "import_volume_wrong": mark("“{value}” is not a volume. Expected a number like 12.5, with at most six decimals."),
    "import_whole_number_wrong": mark("“{value}” is not a whole number of 0 or more."),
    "import_quantity_wrong": mark("“{value}” is not a quantity. Expected a whole number from 1 to 1000000."),
    "import_currency_wrong": mark("“{value}” is not a currency. Expected a code such as EUR."),
    "import_rate_wrong": mark("“{value}” is not a rate. Expected a number above 0 such as 1.0875."),
    "import_rate_to_itself": mark("A rate from {value} to {value} makes no sense."),
    "import_country_wrong": mark("“{value}” is not a country. Expected a code such as ES."),
    "import_language_wrong": mark("“{value}” is not a language. Expected a tag such as es or pt-BR."),
    "import_time_zone_wrong": mark("“{value}” is not a time zone. Expected one such as Europe/Madrid."),
    "import_email_wrong": mark("This is not an e-mail address."),
    "import_phone_wrong": mark("This is not a phone number. Expected one such as +34612345678."),
    "import_word_wrong": mark("“{value}” is not known here. Expected one of {known}."),
    "import_kind_wrong": mark("“{value}” is neither sale nor return."),
    "import_order_id_unfit": mark("An order needs an order_id of 1 to 100 characters."),
    "import_code_unfit": mark("“{value}” cannot be a person's code. Expected 1 to {longest} characters."),
    # people
    "import_person_twice": mark("{person} stood in line {first} already. One person has one line."),
    "import_sponsor_unknown": mark("The sponsor {sponsor} is neither in this file nor known already."),
    "import_circle": Counted(
        mark_plural(
            "{people} is recorded as their own sponsor.", "These {n} people sponsor each other in a circle: {people}."
        ),
        "count",
    ),
    "import_parent_unknown": mark("{parent}, who is to stand above, is neither in this file nor known already."),
    "import_slot_wrong": mark("“{value}” is not a place. Expected a whole number from 1 to {most}."),
    "import_slot_twice": mark(
        "This place below {parent} is given in line {first} already. One place holds one person."
    ),
    "import_slot_taken": mark("This place below {parent} is taken by {person}."),
    "import_place_circle": Counted(
        mark_plural(
            "{people} is recorded as standing below themselves.",
            "These {n} people stand below each other in a circle: {people}.",
        ),
        "count",
    ),
    "import_second_root": Counted(
        mark_plural(
            "{n} further person has no sponsor, so the roots hang under a company node that earns nothing:",
            "{n} further people have no sponsor, so the roots hang under a company node that earns nothing:",
        ),
        "count",
    ),
    "import_language_not_spoken": Counted(
        mark_plural(
            "{n} person speaks {language}, which we do not; it is kept, and the answers come in one that we speak:",
            "{n} people speak {language}, which we do not; it is kept, and the answers come in one that we speak:",
        ),
        "count",
    ),
    "import_customer_sponsors": Counted(
        mark_plural("{n} person has a customer as sponsor:", "{n} people have a customer as sponsor:"), "count"
    ),
    "import_sponsor_left": Counted(
        mark_plural(
            "{n} person had a sponsor who has left, and goes to the nearest one above:",
            "{n} people had a sponsor who has left, and go to the nearest one above:",
        ),
        "count",
    ),
    "import_kept": Counted(
        mark_plural(
            "For {n} known person the file has another {field}; an import does not change that, it stays as it is:",
            "For {n} known people the file has another {field}; an import does not change that, it stays as it is:",
        ),
        "count",
    ),
    # products and rates
    "import_product_differs": mark("{sku} stood in line {first} already, with other content."),
    "import_product_twice": Counted(
        mark_plural("{n} product stands there twice:", "{n} products stand there twice:"), "count"
    ),
    "import_service_product": Counted(
        mark_plural(
            "{n} product is a service item by its name; its sales count volume unless cv and qv say 0:",
            "{n} products are service items by their names; their sales count volume unless cv and qv say 0:",
        ),
        "count",
    ),
    "import_rate_differs": mark("The rate of that day is known as {known}, not {value}. Figures stand on it."),
    # balances
    "import_points_wrong": mark("“{value}” is not a number of points. Expected a whole number above 0."),
    "import_amount_wrong": mark(
        "“{value}” is not an amount of this currency. Expected a number above 0 such as 12.50."
    ),
    "import_points_currency": mark("Points have no currency. Leave the field empty or write credit."),
    "import_points_ended": mark("Points that ended on {value} cannot be brought in."),
    "import_credit_ends": mark("Credit does not expire. Leave the day empty."),
    "import_balance_twice": mark("{person} has this balance in line {first} already."),
    "import_balance_differs": mark("This balance of {person} was brought in before with another amount."),
    # tickets
    "import_ticket_twice": mark("The ticket {ticket} stood in line {first} already. One ticket has one line."),
    "import_ticket_differs": mark(
        "The ticket {ticket} was brought in before as {number}, with another person, time or text."
    ),
    "import_ticket_future": mark("“{value}” lies in the future."),
    "import_ticket_end_missing": mark("In the state {state} a ticket has an end. Write when that was."),
    "import_ticket_end_useless": mark("In the state {state} a ticket has no end yet. Leave the field empty."),
    "import_ticket_end_early": mark("The ticket would have ended before it was opened."),
    "import_rating_wrong": mark("“{value}” is no rating. Expected 1 to 5, of a ticket that is solved or closed."),
    "import_staff_unknown": mark("Nobody who may answer tickets is called “{value}”."),
    "import_order_unknown": mark("There is no order “{value}”. Import orders first."),
    # orders
    "import_person_unknown": mark("Nobody has the code “{value}”. Import people first."),
    "import_product_missing": mark("The catalogue has no product “{value}”, nor one that looks like it."),
    "import_product_unknown": mark("The catalogue has no product “{value}”. Nearest: {nearest}."),
    "import_order_people": mark("The order {order} is {first}'s on its first line and {value}'s here."),
    "import_order_kinds": mark("The order {order} is a {first} on its first line and a {value} here."),
    "import_order_currencies": mark("The order {order} has products in {first} and here one in {value}."),
    "import_order_sales": mark("The order {order} returns “{first}” on its first line and “{value}” here."),
    "import_order_differs": mark("The order {order} is known already, with other content."),
    "import_rate_missing": Counted(
        mark_plural(
            "There is no rate from {from} to {to} for {date} or before, and {n} line needs one.",
            "There is no rate from {from} to {to} for {date} or before, and {n} lines need one.",
        ),
        "count",
    ),
    "import_default_plan": mark(
        "No plan is in force, so the default plan comes into force: volume is the price, in {currency}."
    ),
    "import_service_item": Counted(
        mark_plural("{n} service item stands among the goods:", "{n} service items stand among the goods:"), "count"
    ),
    "import_price_zero": Counted(mark_plural("{n} price is zero:", "{n} prices are zero:"), "count"),
    "import_two_dates": Counted(
        mark_plural(
            "{n} line is later than another one of its order, which counts at the earliest:",
            "{n} lines are later than another one of their order, which counts at the earliest:",
        ),
        "count",
    ),
    "import_return_without_sale": Counted(
        mark_plural(
            "{n} line returns goods without naming a sale; it is negative volume in the cycle of its own date:",
            "{n} lines return goods without naming a sale; they are negative volume in the cycles of their own dates:",
        ),
        "count",
    ),
    "import_return_of_unknown_sale": Counted(
        mark_plural(
            "{n} line returns goods of a sale that is not known:", "{n} lines return goods of sales that are not known:"
        ),
        "count",
    ),
    "import_return_of_another": Counted(
        mark_plural(
            "{n} line returns another person's sale; it takes nothing of that sale back and is negative volume in the "
            "cycle of its own date:",
            "{n} lines return other people's sales; they take nothing of those sales back and are negative volume in "
            "the cycles of their own dates:",
        ),
        "count",
    ),
    "import_return_too_much": Counted(
        mark_plural(
            "{n} line returns more than was left of its sale; what is left counts, and no more:",
            "{n} lines return more than was left of their sales; what is left counts, and no more:",
        ),
        "count",
    ),
    "import_equal_lines": Counted(
        mark_plural(
            "{n} line equals an earlier one of its order in everything; both count:",
            "{n} lines equal an earlier one of their order in everything; both count:",
        ),
        "count",
    ),
}
