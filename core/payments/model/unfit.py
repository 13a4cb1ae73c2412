"""How accounts are refused, each way to be wrong by a name of its own. No fact holds an account number."""

from typing import ClassVar

from core.kernel.errors import DomainError


class AccountUnfit(DomainError):
    """What was given can be no account."""

    status: ClassVar[int] = 422


class HolderInvalid(AccountUnfit):
    """Nothing is left of the holder's name in the letters that banks take."""

    code: ClassVar[str] = "holder_invalid"


class AccountUnclear(AccountUnfit):
    """There is neither an IBAN nor an account number, or there are words of both kinds."""

    code: ClassVar[str] = "account_unclear"


class IbanInvalid(AccountUnfit):
    """What was given is no IBAN: its length, its letters or its check digits are wrong."""

    code: ClassVar[str] = "iban_invalid"


class IbanElsewhere(AccountUnfit):
    """The country is not the IBAN's. Facts: `country`: the IBAN's."""

    code: ClassVar[str] = "iban_elsewhere"


class BicInvalid(AccountUnfit):
    """What was given beside an IBAN is no BIC."""

    code: ClassVar[str] = "bic_invalid"


class BicBesideIban(AccountUnfit):
    """The BIC is of a bank in another country than the IBAN. Facts: `country`: the IBAN's."""

    code: ClassVar[str] = "bic_beside_iban"


class CountryUnknown(AccountUnfit):
    """The account's country is missing, or none."""

    code: ClassVar[str] = "account_country_unknown"


class IbanNeeded(AccountUnfit):
    """Within SEPA an account is named by its IBAN. Facts: `country`."""

    code: ClassVar[str] = "iban_needed"


class AccountNumberInvalid(AccountUnfit):
    """The number is too short, too long, or has signs that no number has. Facts: `country`, `least`, `most`."""

    code: ClassVar[str] = "account_number_invalid"


class AccountDigitsInvalid(AccountUnfit):
    """The same where a number has digits alone. Facts: `country`, `least`, `most`."""

    code: ClassVar[str] = "account_digits_invalid"


class RoutingNumberNeeded(AccountUnfit):
    """The bank code of an account in the US is missing, or has not nine digits."""

    code: ClassVar[str] = "routing_number_needed"


class RoutingNumberWrong(AccountUnfit):
    """The routing number's digits do not fit together."""

    code: ClassVar[str] = "routing_number_wrong"


class ClabeNeeded(AccountUnfit):
    """The number of an account in Mexico has not 18 digits."""

    code: ClassVar[str] = "clabe_needed"


class ClabeWrong(AccountUnfit):
    """The last digit of the CLABE does not fit the others."""

    code: ClassVar[str] = "clabe_wrong"


class ClabeElsewhere(AccountUnfit):
    """The bank code is not the one that the CLABE begins with."""

    code: ClassVar[str] = "clabe_elsewhere"


class BicNeeded(AccountUnfit):
    """The bank code is missing, or no BIC. Facts: `country`."""

    code: ClassVar[str] = "bic_needed"


class BicElsewhere(AccountUnfit):
    """The BIC is of a bank in another country. Facts: `country`: the account's."""

    code: ClassVar[str] = "bic_elsewhere"
