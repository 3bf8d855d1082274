"""A record written for a reader, in Markdown."""

from collections.abc import Iterator

from gongshu.reading.assemble import Record

_TYPES = {"news": "新闻", "speech": "讲话", "notice": "通知", "plan": "计划要点", "other": "其他"}
_FIELDS = (("name", "会议"), ("kind", "类别"), ("date", "时间"), ("place", "地点"), ("organizer", "召开单位"))
_PEOPLE = (("chair", "主持", "title"), ("speakers", "讲话发言", "title"), ("elected", "当选", "post"))
_LISTS = (
    ("attendees_named", "出席"),
    ("attendee_groups", "参加范围"),
    ("adopted", "审议通过"),
    ("heard", "听取"),
    ("awards", "表彰"),
)


def minutes(record: Record) -> str:
    """Return a record as Markdown: facts, named schemes, tasks, and what a person has to look at."""
    title = record["meeting"]["name"] or record["id"] or "文稿"
    lines = [f"# {title}", "", f"- 文种：{_TYPES[record['doc_type']]}"]
    lines += [*_facts(record["meeting"]), *_schemes(record), *_tasks(record), *_doubts(record), ""]
    return "\n".join(lines) + "\n"


def _facts(meeting: Record) -> Iterator[str]:
    for field, label in _FIELDS:
        if meeting[field]:
            yield f"- {label}：{meeting[field]}"
    for field, label, extra in _PEOPLE:
        if meeting[field]:
            yield f"- {label}：" + "；".join(
                f"{p['name']}（{p[extra]}）" if p[extra] else p["name"] for p in meeting[field]
            )
    for field, label in _LISTS:
        if meeting[field]:
            yield f"- {label}：" + "；".join(meeting[field])


def _schemes(record: Record) -> Iterator[str]:
    if record["initiatives"]:
        yield from ("", "## 专项")
    for scheme in record["initiatives"]:
        yield f"- {scheme['name']}" + ("：" + "、".join(scheme["items"]) if scheme["items"] else "")


def _tasks(record: Record) -> Iterator[str]:
    if record["tasks"]:
        yield from ("", "## 任务")
    for task in record["tasks"]:
        extra = [f"{q['value']}{q['unit']}" for q in task["quantity"]]
        extra += [
            f"{label}：{task[field]}" for field, label in (("deadline", "时限"), ("owner", "责任")) if task[field]
        ]
        mark = "[ ]" if task["kind"] == "task" else "（要求）"
        yield f"- {mark} {task['text']}" + (f"（{'；'.join(extra)}）" if extra else "")


def _doubts(record: Record) -> Iterator[str]:
    doubtful = [repair for repair in record["repairs"] if repair["doubtful"]]
    if doubtful:
        yield from ("", "## 待核对")
    for repair in doubtful:
        yield f"- 第 {repair['clean'][0]} 字处“{repair['after']}”：{repair['note']}"
