"""Use cases about people: who somebody is, and changes of what is known of her."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.db.unit_of_work import UnitOfWork
from core.kernel.ids import PersonId
from core.people import rules, store, titles
from core.people.model import (
    COMPANY_CODE,
    COMPANY_KIND,
    AccountClosed,
    AccountSuspended,
    Card,
    CodeTaken,
    NewPerson,
    OwnSettings,
    Person,
    PersonChanged,
    PersonUnknown,
    SettingInvalid,
    Status,
    StatusRefused,
)
from i18n.languages import LANGUAGES

SEARCH_LIMIT_MAX = 100
NAMED_MAX = 10_000


async def add(uow: UnitOfWork, new: NewPerson) -> PersonId:
    """Write a new person who stands in no tree yet; `genealogy.service.enrol` is what staff and imports call.

    Raises:
        CodeTaken: the code names somebody else.
        EmailInvalid, PhoneInvalid: the e-mail or the phone number is none.
        SettingInvalid: country, language or time zone is none.
    """
    email, phone = rules.contacts(new.email, new.phone, new.country)
    language = rules.language_tag(new.language)
    _require(rules.is_country(new.country), "country", new.country)
    _require(new.time_zone is None or rules.is_time_zone(new.time_zone), "time_zone", new.time_zone)
    if language is None:
        raise SettingInvalid(field="language", value=new.language)
    if new.code == COMPANY_CODE:
        raise CodeTaken(person=new.code)
    values = new.model_dump(exclude={"sponsor", "referred_by"}) | {"email": email, "phone": phone, "language": language}
    words = {"kind": new.kind.value, "status": Status.ACTIVE.value, "name_folded": rules.folded(new.name)}
    added = await store.add(uow, values | words)
    if added is None:
        raise CodeTaken(person=new.code)
    return added


async def person_id(uow: UnitOfWork, code: str, *, locked: bool = False) -> PersonId:
    """The number of the person with this code.

    Args:
        locked: hold her row until the transaction ends, for a change that depends on what she is now.

    Raises:
        PersonUnknown: nobody has this code.
    """
    found = await store.person_id(uow, code, locked=locked)
    if found is None:
        raise PersonUnknown(person=code)
    return found


async def ids_of(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, PersonId]:
    """Numbers by code; unknown codes are left out."""
    return await store.ids_of(uow, codes)


async def with_phone(uow: UnitOfWork, phone: str) -> list[PersonId]:
    """Everybody who has this number (E.164) and is not terminated."""
    return await store.with_phone(uow, phone)


async def by_code(uow: UnitOfWork, code: str) -> Person:
    """The person with this code, as staff see her.

    Raises:
        PersonUnknown: nobody has this code.
    """
    return await profile(uow, await person_id(uow, code))


async def profile(uow: UnitOfWork, person_id: PersonId) -> Person:
    """What is recorded of a person; `language` is as the company recorded it, spoken by us or not.

    Raises:
        PersonUnknown: there is no such person.
    """
    found = await store.person(uow, person_id)
    if found is None:
        raise PersonUnknown(person=None)
    return found


async def member(uow: UnitOfWork, person_id: PersonId) -> Person:
    """What is recorded of a person who may act for herself.

    Raises:
        PersonUnknown: there is no such person.
        AccountClosed: she has left.
    """
    found = await profile(uow, person_id)
    if found.status is Status.TERMINATED:
        raise AccountClosed
    return found


async def active(uow: UnitOfWork, person_id: PersonId) -> Person:
    """What is recorded of a person who may move what she has.

    Raises:
        PersonUnknown: there is no such person.
        AccountClosed: she has left.
        AccountSuspended: she is suspended.
    """
    found = await member(uow, person_id)
    if found.status is Status.SUSPENDED:
        raise AccountSuspended
    return found


async def cards(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, Card]:
    """Cards of many people at once, by number; those who do not exist are left out."""
    return await store.cards(uow, person_ids)


async def by_name(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> list[PersonId]:
    """The same people by name, capitals and accents aside; of one name, in the order given."""
    names = await store.folded_names(uow, person_ids)
    return sorted(person_ids, key=lambda one: names.get(one, ""))


async def career_ranks(uow: UnitOfWork, person_ids: Sequence[PersonId]) -> dict[PersonId, str]:
    """The recorded titles of many people at once, by number; who has none is left out."""
    return await store.career_ranks(uow, person_ids)


async def all_career_ranks(uow: UnitOfWork) -> dict[PersonId, str]:
    """The recorded titles of everybody who has one."""
    return await store.all_career_ranks(uow)


async def search(uow: UnitOfWork, text: str, limit: int = 20) -> list[Card]:
    """People whose code, name, e-mail or phone contains `text`, capitals and accents aside; the exact code comes first.

    Returns:
        At most `limit` (and never more than 100) cards; none for an empty text.
    """
    wanted = text.strip()
    return await store.search(uow, wanted, rules.folded(wanted), min(limit, SEARCH_LIMIT_MAX)) if wanted else []


async def named(uow: UnitOfWork, text: str, among: Sequence[PersonId] | None = None) -> list[PersonId]:
    """People whose code or name contains `text`, capitals and accents aside; contacts are not looked at.

    Args:
        among: only these are looked at; None for everybody.

    Returns:
        All of `among` whom it fits, or the first ten thousand of everybody; the exact code first. None for an empty
        text.
    """
    wanted = text.strip()
    return await store.named(uow, wanted, rules.folded(wanted), among, NAMED_MAX) if wanted else []


async def page(uow: UnitOfWork, *, after: str, limit: int) -> list[Card]:
    """People in the order of their codes, those after the code `after`."""
    return await store.page(uow, after, limit)


async def change_settings(uow: UnitOfWork, person_id: PersonId, settings: OwnSettings) -> Person:
    """Change what a person decides herself; a language that she names is from then on her own choice.

    Raises:
        SettingInvalid: a language that we do not speak or a time zone that does not exist.
    """
    values: dict[str, Any] = settings.model_dump(exclude_none=True)
    if settings.language is not None:
        _require(settings.language in LANGUAGES, "language", settings.language)
        values["language_chosen"] = True
    if settings.time_zone is not None:
        _require(rules.is_time_zone(settings.time_zone), "time_zone", settings.time_zone)
    if values:
        await store.change(uow, person_id, values)
        await uow.emit(PersonChanged(person=person_id, person_id=person_id))
    return await profile(uow, person_id)


async def suspend(uow: UnitOfWork, code: str) -> PersonId:
    """Take a person out of activity while she keeps her place in the tree.

    Raises:
        PersonUnknown: nobody has this code.
        StatusRefused: she is terminated.
    """
    return await _set_status(uow, code, Status.SUSPENDED)


async def resume(uow: UnitOfWork, code: str) -> PersonId:
    """End a suspension. A terminated person comes back by `genealogy.service.reinstate`.

    Raises:
        PersonUnknown: nobody has this code.
        StatusRefused: she is terminated.
    """
    return await _set_status(uow, code, Status.ACTIVE)


async def record_status(uow: UnitOfWork, person_id: PersonId, status: Status) -> None:
    """Write a status as it is, for changes of the tree that decide it; announces it."""
    await store.change(uow, person_id, {"status": status.value})
    await uow.emit(PersonChanged(person=person_id, person_id=person_id))


async def record_details(uow: UnitOfWork, person_id: PersonId, changes: Mapping[str, str]) -> None:
    """Overwrite what an import says of a person, checked already; the import announces all changes at once."""
    name = changes.get("name")
    more = {} if name is None else {"name_folded": rules.folded(name)}
    await store.change(uow, person_id, {**changes, **more})


async def record_return(uow: UnitOfWork, person_id: PersonId, *, keep_rank: bool) -> None:
    """Make a terminated person active again, with her career rank of before or without one."""
    if not keep_rank:
        await store.change(uow, person_id, {"career_rank": None, **titles.NOTHING_COMES})
    await record_status(uow, person_id, Status.ACTIVE)


async def company_node(uow: UnitOfWork) -> PersonId | None:
    """The row that holds several roots together, or None where it was never needed."""
    return await store.company_node(uow)


async def add_company_node(uow: UnitOfWork) -> PersonId:
    """Make the company node, which must not be there yet."""
    values = {"code": COMPANY_CODE, "name": COMPANY_CODE, "kind": COMPANY_KIND, "status": Status.ACTIVE.value}
    nowhere = {"joined_on": uow.now.date(), "country": "", "language": "", "name_folded": ""}
    added = await store.add(uow, values | nowhere)
    assert added is not None, "no person may have the company node's code"
    return added


async def _set_status(uow: UnitOfWork, code: str, status: Status) -> PersonId:
    number = await person_id(uow, code, locked=True)
    current = (await profile(uow, number)).status
    if current is Status.TERMINATED:
        raise StatusRefused(person=code, status=current.value)
    if current is not status:
        await record_status(uow, number, status)
    return number


def _require(fine: bool, field: str, value: str | None) -> None:
    if not fine:
        raise SettingInvalid(field=field, value=value)
