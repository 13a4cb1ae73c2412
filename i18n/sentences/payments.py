"""Sentences about payments: accounts, lists, and what a bank reports."""

from i18n.sentences import Sentences
from i18n.translator import mark

SENTENCES: Sentences = {
    "iban_invalid": mark("This is no valid IBAN. Please compare it with your bank's papers, digit by digit."),
    "account_unclear": mark(
        "An account is named either by its IBAN or by country, account number and bank code. "
        "Please give one of the two."
    ),
    "iban_needed": mark("An account in {country} is named by its IBAN. Please give the IBAN."),
    "iban_elsewhere": mark("The country does not fit: this IBAN is of {country}."),
    "account_country_unknown": mark(
        "The account's country is missing or unknown. Please give its two letters, such as US."
    ),
    "account_number_invalid": mark(
        "This is no account number: in {country} it has {least} to {most} letters and digits."
    ),
    "account_digits_invalid": mark("This is no account number: in {country} it has {least} to {most} digits."),
    "routing_number_needed": mark(
        "An account in the US needs its bank's routing number, nine digits, as the bank code."
    ),
    "routing_number_wrong": mark(
        "This routing number cannot be right. Please compare it with a check or your bank's papers, digit by digit."
    ),
    "clabe_needed": mark("An account in Mexico is named by its CLABE, which has 18 digits."),
    "clabe_wrong": mark("This CLABE cannot be right. Please compare it with your bank's papers, digit by digit."),
    "clabe_elsewhere": mark(
        "The bank code is not the one that the CLABE begins with. Compare the CLABE; the bank code may be left out."
    ),
    "bic_needed": mark("An account in {country} needs its bank's BIC, 8 or 11 letters and digits, as the bank code."),
    "bic_elsewhere": mark("This BIC is of no bank in {country}."),
    "bic_beside_iban": mark(
        "This BIC is of a bank elsewhere, and the IBAN is of {country}. Please compare both; you may leave the BIC out."
    ),
    "bic_invalid": mark("This is no valid BIC. It has 8 or 11 letters and digits; you may also leave it out."),
    "holder_invalid": mark("The account holder's name has no letter that a bank could print."),
    "sepa_needs_euro": mark(
        "SEPA files pay euros from an account in the SEPA area; {currency} from this account cannot be paid so. "
        "Choose the format csv."
    ),
    "bank_account_unknown": mark("{person} has no bank account for {currency}."),
    "bank_account_twice": mark("{person} has an account for this currency in line {first} already."),
    "company_account_missing": mark(
        "The company has named no account to pay {currency} from. Name one with `payments from`."
    ),
    "payment_list_unknown": mark("There is no payment list {list}."),
    "payment_list_not_in": mark("Payment list {list} is {state}. This can only be done while it is {needed}."),
    "payment_four_eyes": mark(
        "Somebody else must approve payment list {list}: you made it, or you entered an account that it pays to."
    ),
    "nothing_to_pay": mark("Nothing can be paid in {currency} now. `payments waiting` shows what waits, and why."),
    "nothing_to_pay_in_format": mark(
        "SEPA files can pay nobody in {currency} now. A list in the format {other} would pay: {people}."
    ),
    "payment_format_not_taken": mark("The company's account for {currency} takes {format} or csv."),
    "payments_outside_sepa": mark(
        "SEPA files cannot pay {amount} to accounts outside SEPA ({count} in all): {people}. "
        "A list in the format {other} pays them."
    ),
    "payments_run_refused": mark("Run {run} of {cycle} is left out, because the book refuses its payouts ({why})."),
    "execution_day_over": mark("The day of execution is over. Today is {today}."),
    "payment_unknown": mark("There is no payment {payment}."),
    "payment_not_in": mark("Payment {payment} is {state}; this cannot be done any more."),
    "payment_file_unknown": mark("Payment list {list} has no file {file}."),
    "payment_file_differs": mark(
        "The files of payment list {list} would not be those that were exported. Do not send them to the bank; "
        "use the files that you have."
    ),
    "payments_overtaken": mark("Somebody else did the same meanwhile. Nothing was changed. Please try again."),
    "payment_report_unreadable": mark(
        "The file is neither pain.002 nor camt.053 nor camt.054, nor CSV with end_to_end_id and status."
    ),
    "payment_report_unknown": mark("The report names payments that are not ours."),
    "payment_report_amount": mark("The report says {said}, but we told the bank {ours}."),
    "payment_not_exported": mark("Payment {payment} is {state}: the bank was never told of it."),
    "payments_payable_differs": mark("{person}: the book holds {balance} {unit} payable, but only {due} is due."),
    "payments_payable_not_posted": mark("{person}: what is payable for {cycle} does not stand in the book so."),
    "payments_in_payment_differs": mark(
        "{person}: the book holds {balance} {unit} in payment, but payments on their way add up to {sent}."
    ),
    "payments_not_posted": mark("Payment {payment} is {state}, but the book says otherwise."),
    "payments_amount_differs": mark("Payment {payment} is over {amount}, but what it pays adds up to {due}."),
    "payments_list_differs": mark(
        "Payment list {list} says {count} payments of {sum_minor} together; there are {payments} of {amounts}."
    ),
}
