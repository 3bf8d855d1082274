"""What is drawn from a document, what must be right before it is entered, how both texts stand side by side."""

from gongshu.intake.rules.checks import (
    amount_of,
    due_on,
    facts_of,
    is_relative,
    length_problems,
    number_of,
    plan_days,
    plan_title,
    problems,
    union_names,
)

__all__ = [
    "amount_of",
    "due_on",
    "facts_of",
    "is_relative",
    "length_problems",
    "number_of",
    "plan_days",
    "plan_title",
    "problems",
    "union_names",
]
