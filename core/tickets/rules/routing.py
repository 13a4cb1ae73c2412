"""Which queue a ticket goes to."""

from core.plan.model import QueueSpec, TicketsSpec


def queue_of(spec: TicketsSpec, type_code: str, language: str) -> str:
    """The type's own queue if that takes the language; else the first of the plan that takes both.

    Where none does, which a checked plan does not let happen for its own types, it is the last queue of the plan.

    | queues, in order                   | type  | its queue | language | queue |
    | ---------------------------------- | ----- | --------- | -------- | ----- |
    | iberia: es, pt; rest: all          | other |           | es       | iberia |
    | iberia: es, pt; rest: all          | other |           | pt-BR    | iberia |
    | iberia: es, pt; rest: all          | other |           | de       | rest |
    | iberia: es, pt; money; rest        | commissions | money | es      | money |
    | money: commissions, es; rest       | commissions | money | de      | rest |
    """
    kind = spec.type(type_code)
    own = [queue for queue in spec.queues if queue.code == kind.queue and speaks(queue, language)]
    fit = [queue for queue in spec.queues if takes(queue, kind.code, language)]
    return (own or fit or spec.queues[-1:])[0].code


def takes(queue: QueueSpec, type_code: str, language: str) -> bool:
    """Whether tickets of that type and language belong there by themselves."""
    return (not queue.types or type_code in queue.types) and speaks(queue, language)


def speaks(queue: QueueSpec, language: str) -> bool:
    """Whether the queue looks after a language, or after the one of which it is a region."""
    return not queue.languages or bool({language, language.split("-", maxsplit=1)[0]} & set(queue.languages))
