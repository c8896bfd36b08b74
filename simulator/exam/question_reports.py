"""What candidates may report about a question, and how much of it."""

WRONG_KEY = "wrong_key"
UNCLEAR = "unclear"
OUTDATED = "outdated"
TYPO = "typo"
OTHER = "other"
# In the words in which candidates choose them.
REASONS = {
    WRONG_KEY: "The key is wrong",
    UNCLEAR: "It is unclear or has more than one right answer",
    OUTDATED: "It is out of date",
    TYPO: "There is a typo or a formatting mistake",
    OTHER: "Something else",
}

OPEN = "open"
RESOLVED = "resolved"
STATUSES = (OPEN, RESOLVED)

LONGEST_COMMENT = 2000
MOST_A_DAY = 200
