"""Pages of docs/machines, written from the machines themselves: states, whose desk, steps, who may take them."""

from __future__ import annotations

from collections.abc import Iterator

from config.catalogue import MACHINES
from gongshu.core.access.roles import roles
from gongshu.core.flow.machine import Machine, State, Step

HEAD = "<!-- Written by `gongshu machines write`; do not edit. -->"


def pages() -> dict[str, str]:
    """Return file name and text of each machine's page and of their index."""
    found = {f"{machine.model}.md": page(machine) for machine in MACHINES}
    rows = [f"* [{machine.label}]({machine.model}.md)" for machine in MACHINES]
    return {"README.md": "\n".join([HEAD, "# Machines 状态机", "", *rows, ""]), **found}


def page(machine: Machine) -> str:
    """Return a machine's page: a picture of its states and steps, then two tables."""
    lines = [HEAD, f"# {machine.label}", "", f"`{machine.model}`", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.code}: {state.label}" for state in machine.states]
    lines += [f"    [*] --> {machine.initial.code}"]
    lines += [f"    {source} --> {step.target}: {step.label}" for step in machine.steps for source in step.sources]
    lines += [f"    {state.code} --> [*]" for state in machine.states if state.final]
    lines += ["```", "", "| 状态 | 等在谁的桌上 | 所需权限 | 期限 |", "|---|---|---|---|"]
    lines += [_state_row(state) for state in machine.states]
    lines += ["", "| 步骤 | 从 | 到 | 在何处 | 所需权限 | 角色 |", "|---|---|---|---|---|---|"]
    lines += list(_step_rows(machine))
    return "\n".join([*lines, ""])


def _state_row(state: State) -> str:
    if state.waits is None:
        return f"| {state.label} | {'（结束）' if state.final else '—'} | — | — |"
    desk = state.waits
    return f"| {state.label} | `{desk.at}` | `{desk.needs}` | {f'`{desk.due}`' if desk.due else '—'} |"


def _step_rows(machine: Machine) -> Iterator[str]:
    for step in machine.steps:
        sources = "、".join(machine.state(code).label for code in step.sources)
        target = machine.state(step.target).label
        yield f"| {step.label} | {sources} | {target} | `{step.at}` | `{step.needs}` | {_holders(step)} |"


def _holders(step: Step) -> str:
    return "、".join(role.name for role in roles().values() if step.needs in role.grants) or "—"
