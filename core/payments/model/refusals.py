"""How payments are refused."""

from typing import ClassVar

from core.kernel.errors import DomainError, NotFound


class SepaNeedsEuro(DomainError):
    """SEPA files pay euros, from an account within the SEPA area. Facts: `currency`."""

    code: ClassVar[str] = "sepa_needs_euro"
    status: ClassVar[int] = 422


class AccountUnknown(NotFound):
    """She has no account for this currency. Facts: `person`, `currency`."""

    code: ClassVar[str] = "bank_account_unknown"


class CompanyAccountMissing(DomainError):
    """The company has named no account to pay this currency from. Facts: `currency`."""

    code: ClassVar[str] = "company_account_missing"


class ListUnknown(NotFound):
    """There is no such payment list. Facts: `list`, as text."""

    code: ClassVar[str] = "payment_list_unknown"


class ListNotIn(DomainError):
    """The list is in another state than this needs. Facts: `list` as text, `state`, `needed`."""

    code: ClassVar[str] = "payment_list_not_in"


class FourEyes(DomainError):
    """Whoever made the list, or changed an account that it pays to, cannot approve it. Facts: `list` as text."""

    code: ClassVar[str] = "payment_four_eyes"


class NothingToPay(DomainError):
    """Nothing can be paid in this currency. Facts: `currency`."""

    code: ClassVar[str] = "nothing_to_pay"


class NothingInFormat(NothingToPay):
    """Nobody can be paid in this format, but in another. Facts: `currency`, `other`, `people`: some codes."""

    code: ClassVar[str] = "nothing_to_pay_in_format"


class FormatNotTaken(DomainError):
    """The company's bank takes SEPA files of another version, or none. Facts: `currency`, `format`: what it takes."""

    code: ClassVar[str] = "payment_format_not_taken"
    status: ClassVar[int] = 422


class OutsideSepa(DomainError):
    """Whom a list leaves out because SEPA files cannot pay to their accounts.

    Facts: `count`, `amount` as text, `people`: some codes, `other`: the format that would pay them.
    """

    code: ClassVar[str] = "payments_outside_sepa"


class RunRefused(DomainError):
    """The book does not take what a run pays. Facts: `run` as text, `cycle`, `why`: the code of its refusal."""

    code: ClassVar[str] = "payments_run_refused"


class TooEarly(DomainError):
    """The day of execution is over. Facts: `today` as text."""

    code: ClassVar[str] = "execution_day_over"
    status: ClassVar[int] = 422


class PaymentUnknown(NotFound):
    """No payment has this id. Facts: `payment`."""

    code: ClassVar[str] = "payment_unknown"


class PaymentNotIn(DomainError):
    """The payment is in another state than this needs. Facts: `payment`, `state`."""

    code: ClassVar[str] = "payment_not_in"


class PaymentFileUnknown(NotFound):
    """The list has no such file. Facts: `list` and `file` as text."""

    code: ClassVar[str] = "payment_file_unknown"


class PaymentFileDiffers(DomainError):
    """A file that was exported would come out otherwise now, so it must not go to the bank. Facts: `list` as text."""

    code: ClassVar[str] = "payment_file_differs"


class PaymentsOvertaken(DomainError):
    """Somebody else did the same meanwhile; nothing was changed, and the same again will do."""

    code: ClassVar[str] = "payments_overtaken"


class ReportUnreadable(DomainError):
    """The file is neither pain.002 nor camt.053 nor camt.054, nor CSV with the columns that are needed."""

    code: ClassVar[str] = "payment_report_unreadable"
    status: ClassVar[int] = 422
