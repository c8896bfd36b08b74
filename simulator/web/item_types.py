"""What pages call the kinds of question."""

from simulator.exam.blueprint import Blueprint


def item_type_title(name: str) -> str:
    """Return a question type or `case_study` as words, `Single choice`."""
    return name.replace("_", " ").capitalize()


def item_type_words(blueprint: Blueprint) -> str:
    """Return all kinds of question of an exam in one line, `Single choice, multiple response`."""
    return ", ".join(blueprint.item_types).replace("_", " ").capitalize()
