"""Journeys of candidates through the real thing: Chromium, HTTP, the database on the disk."""
