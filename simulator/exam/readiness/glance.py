"""The probability of passing and its interval alone, for pages that show no more: a third of what `estimate` costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.exam.blueprint import Blueprint
from simulator.exam.evidence import Evidence
from simulator.exam.readiness.beliefs import SHIPPED, Beliefs
from simulator.exam.readiness.counting import as_responses, counted
from simulator.exam.readiness.estimate import verdict_of
from simulator.exam.readiness.items import ItemDifficulty
from simulator.exam.readiness.passing import outlook_on_passing
from simulator.exam.readiness.plan import BankItem, Cut, plan_form
from simulator.exam.readiness.posterior import pool_one, posterior


@dataclass(frozen=True, slots=True)
class Glance:
    """What `Readiness` says of passing, under the same names."""

    probability: float
    low: float
    high: float
    verdict: str


def glance(
    evidence: Sequence[Evidence],
    blueprint: Blueprint,
    *,
    cut: Cut,
    now: datetime,
    items: Mapping[str, ItemDifficulty] | None = None,
    bank: Iterable[BankItem] = (),
    beliefs: Beliefs = SHIPPED,
) -> Glance | None:
    """Return what `estimate` would say of passing, to the digit; None where no answer counts."""
    own = [response for response in evidence if response.certification_id == blueprint.id]
    first, _ = counted(own, [domain.id for domain in blueprint.domains])
    if not first:
        return None
    known_items = items or {}
    plan = plan_form(blueprint, cut=cut, bank=bank, items=known_items)
    responses = as_responses(first, plan.domains, known_items, now)
    found = outlook_on_passing(pool_one(posterior(responses, plan, beliefs), plan), plan)
    verdict = verdict_of(found, float(responses.weight.sum()))
    return Glance(found.probability, found.low, found.high, verdict)
