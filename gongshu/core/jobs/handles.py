"""What a line of work declares: a job, and how often it runs by itself."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, ParamSpec

Args = ParamSpec("Args")
JobResult = Mapping[str, object] | None


@dataclass(frozen=True)
class Handle(Generic[Args]):
    """A declared job: `config/catalogue.py` lists it in `JOBS`, `enqueue` takes it.

    `lease` is how long a silent worker keeps the job before another may take it over.
    """

    name: str
    label: str
    work: Callable[Args, JobResult]
    max_tries: int = 5
    lease: timedelta = timedelta(seconds=60)

    def __call__(self, *args: Args.args, **kwargs: Args.kwargs) -> JobResult:
        """Run the function itself, as a plain call."""
        return self.work(*args, **kwargs)

    def check(self, args: Mapping[str, object]) -> None:
        """Raise TypeError where `args` do not fit the function: at enqueueing, not hours later."""
        inspect.signature(self.work).bind(None, **args)


def job(
    name: str, *, label: str, max_tries: int = 5, lease: timedelta = timedelta(seconds=60)
) -> Callable[[Callable[Args, JobResult]], Handle[Args]]:
    """Declare the function below as a job; nothing is registered, the catalogue lists the handle."""

    def declare(work: Callable[Args, JobResult]) -> Handle[Args]:
        return Handle(name=name, label=label, work=work, max_tries=max_tries, lease=lease)

    return declare


@dataclass(frozen=True)
class Schedule:
    """A job that enqueues itself once a period; periods start at `offset` after local midnight of 1970-01-01."""

    handle: Handle
    every: timedelta
    offset: timedelta = timedelta(0)
    args: Mapping[str, Any] = field(default_factory=dict)
