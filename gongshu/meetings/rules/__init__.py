"""What a record of a meeting holds and must hold. Pure functions."""

from gongshu.meetings.rules.checks import LABELS, LENGTHS, date_problems, problems, session_in
from gongshu.meetings.rules.facts import Line, MeetingFacts, Named

__all__ = ["LABELS", "LENGTHS", "Line", "MeetingFacts", "Named", "date_problems", "problems", "session_in"]
