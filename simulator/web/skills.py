"""The titles of skills, from the one list that ships."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from simulator import paths
from simulator.packs.loading import read_skills


@cache
def skill_titles() -> Mapping[str, str]:
    """Return the title of each skill by its id, read from the file once."""
    return MappingProxyType(read_skills(paths.questions() / "skills.yaml"))


def skill_title(skill: str) -> str:
    """Return a skill's title; of one that has left the list, its id as words."""
    return skill_titles().get(skill) or skill.replace("-", " ").capitalize()
