"""Every number that the readiness estimate assumes, in one place, each with its reason.

Abilities and difficulties are in logits; an item of average difficulty has difficulty 0. What has been tried
against these numbers, and how well the estimate is calibrated with them, stands in docs/readiness.md.
"""

from typing import Final

# -- Difficulty ---------------------------------------------------------------------------------------------------
# One step on the author's scale of 1 to 5. With the residual below, ratings and true difficulties correlate at 0.3:
# cautious, for experts' ratings of single items mostly disappoint (Attali et al. 2014), and one believed too much
# misleads.
DIFFICULTY_STEP: Final = 0.3
# What the author's rating leaves open about an item without data; together, difficulties spread by about 0.94, as in
# many certification exams.
DIFFICULTY_SD: Final = 0.9
# A fresh form, where the bank is not given: shares of the author's levels 1 to 5, as in the packs that ship.
LEVEL_SHARES: Final = (0.05, 0.20, 0.40, 0.28, 0.07)
# ... and (share, chance of a lucky answer): single choice of four, and two of five.
GUESS_SHARES: Final = ((5 / 6, 0.25), (1 / 6, 0.1))

# -- Ability ------------------------------------------------------------------------------------------------------
# Before any evidence a candidate is as likely to pass as not: the prior's centre is the ability that reaches the
# blueprint's pass mark. Spread of the common ability between candidates who prepare for the same certification.
ABILITY_SD: Final = 0.9
# Spread of one candidate's domains round their common ability, and how much each is believed beforehand. It is
# averaged over, so that the candidate's own answers say how much the domains tell about each other.
DOMAIN_SPREADS: Final = ((0.2, 0.2), (0.35, 0.35), (0.55, 0.3), (0.9, 0.15))

# -- Time ---------------------------------------------------------------------------------------------------------
# An answer counts half after so many days: a year later a quarter of it is left. Knowledge of cloud services and of
# what was crammed both age; steady growth and decline are modelled below, so that fading need not stand in for
# them. The value is a judgement, not a measurement; docs/readiness.md says what was tried.
HALF_LIFE_DAYS: Final = 180.0
# Growth of ability between the first answer and the last, in logits in 30 days, and how much each rate is believed
# beforehand. The candidate's own course decides; with one sitting the rates make no difference. A second test with
# another form gains about 0.23 standard deviations (Kulik, Kulik & Bangert 1984), but some practise without learning,
# and some forget.
GROWTH_RATES: Final = ((-0.2, 0.2), (0.0, 0.5), (0.3, 0.2), (0.7, 0.1))
# Growth is taken back over at most about so many days: nobody is taken to have grown for years.
GROWTH_DAYS: Final = 60.0

# -- Installations ------------------------------------------------------------------------------------------------
# Where beliefs are learnt from an installation's candidates, those above count like so many of them.
BELIEFS_WORTH: Final = 20.0

# -- Counting -----------------------------------------------------------------------------------------------------
# A sitting with fewer slots answered than this was abandoned: only what was answered counts.
ABANDONED_BELOW: Final = 0.5

# -- The cut ------------------------------------------------------------------------------------------------------
# Vendors publish no raw cut. Theirs differs from the straight scale's, and their form's difficulty from the bank's.
CUT_SD: Final = 0.05

# -- Words --------------------------------------------------------------------------------------------------------
# The level of all intervals of the readiness estimate.
INTERVAL_LEVEL: Final = 0.8
# Not enough evidence: fewer answers than this, or an interval of the pass probability wider than this.
LEAST_RESPONSES: Final = 15.0
WIDEST_INTERVAL: Final = 0.7
# Ready: the probability at least this, and the lower end of its interval at least that.
READY_PROBABILITY: Final = 0.8
READY_LOW: Final = 0.6
# Too close to call: the interval reaches from below the one to above the other, or the probability lies between.
TOO_CLOSE: Final = (0.4, 0.6)

# -- Learning -----------------------------------------------------------------------------------------------------
# 30 minutes of practice with feedback raise a domain by this much where half of its questions would be answered
# wrong, and in proportion to the share wrong elsewhere: one learns from what one does not know yet.
LEARNING_MINUTES: Final = 30.0
LEARNING_GAIN: Final = 0.2
# The same effort spent on a narrow skill raises it by more, but at most so many times as much.
LEARNING_FOCUS: Final = 3.0
# Spread of a candidate's skills round the ability of their domain.
SKILL_SD: Final = 0.4

# -- Transfer -----------------------------------------------------------------------------------------------------
# An answer in another certification counts this much of one's own where the skill is shared.
TRANSFER_DISCOUNT: Final = 0.5
# Ability in a shared skill differs between two certifications by about this spread, in logits, however much
# evidence there is: all transfer to a fully covered domain counts at most as 1 / (SD^2 * 0.18) answers, 0.18
# being the information of a typical one.
TRANSFER_SD: Final = 0.7
TRANSFER_INFORMATION: Final = 0.18
