"""The only place that writes in 部署落实; also gives out the drafts and orders that actions take."""

from gongshu.delivery.actions.assignments import accept, is_receiver, reach, report, send_back, sign, withdraw
from gongshu.delivery.actions.closing import close_reached
from gongshu.delivery.actions.dispatching import SMALL, finish_dispatch, give, preview, write_all, write_batch
from gongshu.delivery.actions.editing import (
    add_item,
    add_programme,
    add_target,
    add_task,
    bind,
    change_plan,
    change_task,
    drop,
    set_target,
)
from gongshu.delivery.actions.plans import close_plan, end_over, lapse_some, make_plan, reopen_plan, settle
from gongshu.delivery.actions.sharing import split, unsplit
from gongshu.delivery.rules.drafts import (
    DispatchOrder,
    PlanDraft,
    ProgrammeDraft,
    SplitOrder,
    TargetDraft,
    TaskDraft,
)

__all__ = [
    "SMALL",
    "DispatchOrder",
    "PlanDraft",
    "ProgrammeDraft",
    "SplitOrder",
    "TargetDraft",
    "TaskDraft",
    "accept",
    "add_item",
    "add_programme",
    "add_target",
    "add_task",
    "bind",
    "change_plan",
    "change_task",
    "close_plan",
    "close_reached",
    "drop",
    "end_over",
    "finish_dispatch",
    "give",
    "is_receiver",
    "lapse_some",
    "make_plan",
    "preview",
    "reach",
    "reopen_plan",
    "report",
    "send_back",
    "set_target",
    "settle",
    "sign",
    "split",
    "unsplit",
    "withdraw",
    "write_all",
    "write_batch",
]
