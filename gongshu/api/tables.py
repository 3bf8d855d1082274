"""The lists of keys, of addresses told of events, and of what they were told."""

from __future__ import annotations

from datetime import date

from gongshu.api.enums import Event, HookState, Outcome
from gongshu.api.models import ApiKey, Delivery, Hook
from gongshu.core.ui.cells import Column
from gongshu.core.ui.shapes import PillValue, Tone
from gongshu.core.ui.tables import Filter, Table

HOOK_TONES: dict[str, Tone] = {HookState.ON: "done", HookState.PAUSED: "stopped", HookState.FAILED: "overdue"}
TONES: dict[str, Tone] = {Outcome.WAITING: "progress", Outcome.DONE: "done", Outcome.DEAD: "overdue"}


def key_pill(key: ApiKey, *, on: date) -> PillValue:
    """Return how a key stands on a day."""
    if key.revoked_at:
        return PillValue("已作废", "stopped")
    if not key.is_valid_on(on):
        return PillValue("已失效", "stopped")
    return PillValue("在用", "done")


def hook_pill(hook: Hook) -> PillValue:
    """Return how an address stands."""
    return PillValue(hook.get_state_display(), HOOK_TONES[hook.state])


def outcome_pill(delivery: Delivery) -> PillValue:
    """Return how the telling of an event stands."""
    return PillValue(delivery.get_outcome_display(), TONES[delivery.outcome])


def keys_table(*, on: date) -> Table:
    """Return the table of keys as they stand on a day."""
    return Table(
        columns=(
            Column("name", "对接系统", sort="name", link=True),
            Column("organisation", "组织", value="organisation.short_name", sort="organisation__path"),
            Column("role", "角色", value="role_name"),
            Column("prefix", "密钥编号"),
            Column("state", "状态", value=lambda key: key_pill(key, on=on), kind="pill"),
            Column("until_on", "到期", kind="date", sort="until_on"),
            Column("used_at", "最近使用", value="allowance.used_at", kind="time", sort="allowance__used_at"),
        ),
        search=("name", "prefix", "organisation__name"),
        search_hint="对接系统、编号或组织",
        order=("-pk",),
        unit="把",
    )


HOOKS = Table(
    columns=(
        Column("url", "推送地址", sort="url", link=True),
        Column("key", "密钥", value="key.name", sort="key__name"),
        Column("organisation", "组织", value="key.organisation.short_name", sort="key__organisation__path"),
        Column("events", "事件", value=lambda hook: "、".join(hook.event_labels)),
        Column("state", "状态", value=hook_pill, kind="pill", sort="state"),
    ),
    filters=(Filter("state", "状态", HookState.choices),),
    search=("url", "key__name"),
    search_hint="地址或密钥",
    order=("-pk",),
    unit="个",
)

LOG = Table(
    columns=(
        Column("at", "入列时间", kind="time"),
        Column("event", "事件", value="event_label"),
        Column("outcome", "结果", value=outcome_pill, kind="pill"),
        Column("tries", "已试次数", kind="number"),
        Column("status", "对方状态码", kind="number"),
        Column("note", "说明"),
        Column("next_try_at", "下次推送", kind="time"),
        Column("message_id", "消息编号"),
        Column("again", "办理", value="pk", template="api/again_cell.html", exported=False),
    ),
    filters=(Filter("outcome", "结果", Outcome.choices), Filter("event", "事件", Event.choices)),
    order=("-pk",),
    unit="条",
)
