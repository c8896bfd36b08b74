"""What a check has found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about a pack; about the pack as a whole unless it names a file and a line in it."""

    message: str
    file: str = "pack.yaml"
    line: int = 1
