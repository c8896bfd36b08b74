"""The rules of an exam: pure functions and values, without database, HTTP, clock or global randomness."""
