"""Am I ready? The probability of passing a fresh form, how sure it is, and what raises it.

The model and its proof stand in docs/readiness.md, its assumptions in `assumptions`.
"""

from simulator.exam.readiness.beliefs import SHIPPED, Beliefs
from simulator.exam.readiness.counting import Transferred
from simulator.exam.readiness.estimate import (
    NEARLY,
    NOT_YET,
    READY,
    TOO_CLOSE_TO_CALL,
    UNKNOWN,
    VERDICTS,
    DomainReadiness,
    Memorisation,
    Readiness,
    estimate,
    learn_beliefs,
)
from simulator.exam.readiness.glance import Glance, glance
from simulator.exam.readiness.items import ItemDifficulty, author_difficulty
from simulator.exam.readiness.passing import Outlook, expected_pass_sd, outlook, pass_probability
from simulator.exam.readiness.plan import BankItem, Cut, Plan, default_cut, plan_form
from simulator.exam.readiness.posterior import Conditional, Posterior, condition, prior, update
from simulator.exam.readiness.steps import NextStep, next_steps
from simulator.exam.readiness.transfer import transfer

__all__ = [
    "NEARLY",
    "NOT_YET",
    "READY",
    "SHIPPED",
    "TOO_CLOSE_TO_CALL",
    "UNKNOWN",
    "VERDICTS",
    "BankItem",
    "Beliefs",
    "Conditional",
    "Cut",
    "DomainReadiness",
    "Glance",
    "ItemDifficulty",
    "Memorisation",
    "NextStep",
    "Outlook",
    "Plan",
    "Posterior",
    "Readiness",
    "Transferred",
    "author_difficulty",
    "condition",
    "default_cut",
    "estimate",
    "expected_pass_sd",
    "glance",
    "learn_beliefs",
    "next_steps",
    "outlook",
    "pass_probability",
    "plan_form",
    "prior",
    "transfer",
    "update",
]
