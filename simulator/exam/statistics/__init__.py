"""What many candidates' responses tell about questions, forms and verdicts; see docs/statistics.md.

- `columns`: graded responses as arrays, the one form in which the others take them
- `items`: classical figures of each item, with n, suppressed where too few have answered
- `reliability`: KR-20, KR-21, alpha, standard error of measurement, on fixed and on drawn forms
- `classification`: how consistent and how accurate "passed" is (Subkoviak, Hanson-Brennan, Lee, Livingston-Lewis)
- `quadrature`, `irt`, `ability`: Rasch, 1PL and 2PL by marginal maximum likelihood, and the abilities that follow
- `difficulty`: what readiness assumes of a question, brought up to date by the responses
"""
