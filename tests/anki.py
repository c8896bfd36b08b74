"""Anki packages as Anki would read them."""

import io
import sqlite3
import zipfile


def cards(data: bytes) -> list[tuple[str, str, list[str], str]]:
    """Return guid, model, fields and tags of each note of an Anki package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        collection = sqlite3.connect(":memory:")
        collection.deserialize(archive.read("collection.anki2"))
    rows = collection.execute("SELECT guid, mid, flds, tags FROM notes ORDER BY guid").fetchall()
    collection.close()
    return [(guid, mid, fields.split("\x1f"), tags) for guid, mid, fields, tags in rows]
