"""What answers in other certifications tell about this one, through shared skills; discounted, and kept apart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.exam.evidence import Evidence
from simulator.exam.readiness.assumptions import TRANSFER_DISCOUNT, TRANSFER_INFORMATION, TRANSFER_SD
from simulator.exam.readiness.counting import Transferred, counted


def transfer(
    evidence: Sequence[Evidence], skills: Mapping[str, Mapping[str, float]], *, certification_id: str
) -> tuple[Transferred, ...]:
    """Return what the evidence of other certifications lends to `certification_id`, for `estimate(transferred=...)`.

    `skills` gives for each domain of the target the share of its questions that need each skill. An answer is
    split evenly between its skills, and each part between the domains that need the skill, in proportion to how
    much they do; it counts TRANSFER_DISCOUNT of an own one. All transfer to a domain together is held to what
    answers can tell at most, times the part of the domain that the shared skills cover. First exposures only.
    """
    needed = {
        skill: sum(domain.get(skill, 0.0) for domain in skills.values())
        for domain in skills.values()
        for skill in domain
    }
    other = [response for response in evidence if response.certification_id != certification_id]
    first, _ = counted(other, {response.domain for response in other})
    lent: list[Transferred] = []
    touched: dict[str, set[str]] = {domain: set() for domain in skills}
    for response in first:
        shared = [skill for skill in response.skills if needed.get(skill)]
        for domain, of_domain in skills.items():
            mine = [skill for skill in shared if of_domain.get(skill)]
            if not mine:
                continue
            part = sum(of_domain[skill] / needed[skill] for skill in mine) / len(response.skills)
            touched[domain].update(mine)
            lent.append(
                Transferred(
                    domain=domain,
                    certification_id=response.certification_id,
                    version=response.version,
                    difficulty=response.difficulty,
                    guess=response.guess,
                    credit=response.credit,
                    given_at=response.given_at,
                    share=TRANSFER_DISCOUNT * part,
                )
            )
    return _held_to_the_most(lent, skills, touched)


def _held_to_the_most(
    lent: Sequence[Transferred], skills: Mapping[str, Mapping[str, float]], touched: Mapping[str, set[str]]
) -> tuple[Transferred, ...]:
    """Scale the parts of each domain down to the most that transfer can tell."""
    most = 1.0 / (TRANSFER_SD**2 * TRANSFER_INFORMATION)
    scale = {}
    for domain, of_domain in skills.items():
        covered = min(1.0, sum(of_domain[skill] for skill in touched[domain]))
        total = sum(one.share for one in lent if one.domain == domain)
        scale[domain] = min(1.0, most * covered / total) if total else 1.0
    return tuple(replace(one, share=one.share * scale[one.domain]) for one in lent)
