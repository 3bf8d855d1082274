"""Pure rules of 部署落实: facts in, numbers, colours and problems out."""

from gongshu.delivery.rules.colours import StatusFacts, Thresholds, ratio, status_of, time_gone
from gongshu.delivery.rules.drafts import DispatchOrder, PlanDraft, ProgrammeDraft, SplitOrder, TargetDraft, TaskDraft
from gongshu.delivery.rules.refusals import (
    date_problems,
    doubles,
    kept_parts_problems,
    listed,
    nested_problems,
    outside_problems,
    plan_problems,
    report_problems,
    task_problems,
)
from gongshu.delivery.rules.sharing import (
    RULE_NOTE,
    amount_problems,
    fixed_problems,
    share_out,
    share_rest,
    split_problems,
)
from gongshu.delivery.rules.supervision import Law, NoticeFacts, answer_problems, notice_problems, order_problems
from gongshu.delivery.rules.warmap import explained, worst_of

__all__ = [
    "RULE_NOTE",
    "DispatchOrder",
    "Law",
    "NoticeFacts",
    "PlanDraft",
    "ProgrammeDraft",
    "SplitOrder",
    "StatusFacts",
    "TargetDraft",
    "TaskDraft",
    "Thresholds",
    "amount_problems",
    "answer_problems",
    "date_problems",
    "doubles",
    "explained",
    "fixed_problems",
    "kept_parts_problems",
    "listed",
    "nested_problems",
    "notice_problems",
    "order_problems",
    "outside_problems",
    "plan_problems",
    "ratio",
    "report_problems",
    "share_out",
    "share_rest",
    "split_problems",
    "status_of",
    "task_problems",
    "time_gone",
    "worst_of",
]
