"""Finding what is demanded: tasks with their quantities, deadlines and owners, and the named schemes."""

from gongshu.reading.tasks.finder import find_tasks
from gongshu.reading.tasks.initiative import find_initiatives

__all__ = ["find_initiatives", "find_tasks"]
