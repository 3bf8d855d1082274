"""Settings of a worker whose lists are not finished for a minute, so that it can be killed while it writes one."""

import time

from gongshu.core.base.sealing import SealedWriter
from tests.core.exports.worker_settings import *  # noqa: F403

MINUTE = 60
_finish = SealedWriter.finish


def finish_late(writer: SealedWriter) -> None:
    """Finish a file a minute late."""
    time.sleep(MINUTE)
    _finish(writer)


SealedWriter.finish = finish_late  # type: ignore[method-assign]
