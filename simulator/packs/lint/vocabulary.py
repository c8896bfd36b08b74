"""The English words that the checks know."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS = _words("""
    a about above after again against all also an and any are as at be because been before being below between both but
    by can cannot could did do does doing down during each either else every few for from further had has have having
    he her here hers him his how i if in into is it its itself just may me might more most much must my neither no nor
    not now of off on once one only or other our out over own per same shall she should so some still such than that
    the their them then there these they this those three through to too two under until up upon use used uses using
    very was we were what when where whether which while who whom why will with within without would you your
""")
"""Words that carry no meaning of their own."""

STRONG = _words("""
    absolutely always completely definitely entirely guarantee guaranteed guarantees impossible never totally
""")
"""Absolute words that hardly anything technical deserves; candidates strike the option out without reading on."""

BOUNDED = _words("at more less fewer longer later older earlier above below exceed exceeds")
"""After an absolute word they make it exact: "never more than five", "completely at random"."""

AUDITED = STRONG | _words("all any both cannot each every must no none nothing only solely")
"""Words whose share of keys is counted over the bank; one by one most of them are harmless."""

VAGUE = _words("usually rarely often sometimes frequently seldom occasionally typically generally normally")
"""Words for a frequency that mean something else to everybody."""

COMPARING = _words("more less most least as so equally twice half too how very")
"""Before a vague word they compare, which is exact: "more often than ..."."""

VERBS = _words("""
    add apply ask assign attach build call change choose combine compare compute configure connect convert create
    decrease delete deploy disable divide drop enable encrypt enlarge evaluate export extend fine-tune fit freeze give
    grant import increase install join keep let load lower make merge migrate move normalise normalize place put raise
    read recompute reduce register remove rename replace restrict retrain rewrite run save select send shrink split
    stop store submit switch take tell train turn use wait write
""")
"""Imperatives that begin options; words that are as often nouns there (cache, log, sample, set) are left out."""

DETERMINERS = _words("a an the this that these those each every no")

PREPOSITIONS = _words("""
    after at because before between by during for from if in on since through to until when whenever while with within
    without
""")
"""Prepositions and conjunctions that begin options."""

LICENCES = _words("""
    0BSD AGPL-3.0-only AGPL-3.0-or-later Apache-2.0 BSD-2-Clause BSD-3-Clause CC-BY-3.0 CC-BY-4.0 CC-BY-NC-4.0
    CC-BY-NC-ND-4.0 CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC-PDDC CC0-1.0 EUPL-1.2 FSFAP
    GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-only GFDL-1.3-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only
    GPL-3.0-or-later ISC LAL-1.3 LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later MIT MIT-0 MPL-2.0
    ODC-By-1.0 ODbL-1.0 OGL-UK-3.0 PDDL-1.0 Unlicense WTFPL Zlib
""")
"""Identifiers of the SPDX licence list that question packs use."""
