"""The trail shows what was changed, added or taken out."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongshu.core.trail import actions, queries
from gongshu.core.trail.models import Entry, Seal
from tests.worlds import BUILDER, NOW, World


def write(world: World, count: int) -> list[Entry]:
    org = world.org("贵州省总")
    return [actions.record("note", org, by=BUILDER, at=NOW, summary=f"第{n}条", detail={"n": n}) for n in range(count)]


def sealed(world: World) -> list[Entry]:
    rows = write(world, 3)
    actions.seal_all(at=NOW)
    write(world, 2)
    actions.seal_all(at=NOW)
    return rows


def test_an_untouched_trail_is_whole(world: World) -> None:
    sealed(world)
    assert list(queries.faults()) == []
    out = StringIO()
    call_command("trail", "verify", stdout=out)
    assert "留痕完整：已封存 5 条，待封存 0 条" in out.getvalue()


def test_a_changed_entry_is_named(world: World) -> None:
    rows = sealed(world)
    Entry.objects.filter(pk=rows[1].pk).update(summary="改过")
    assert list(queries.faults()) == [f"第 {rows[1].pk} 条留痕被改动（封印 1）"]
    with pytest.raises(CommandError, match=f"第 {rows[1].pk} 条留痕被改动"):
        call_command("trail", "verify")


def test_an_entry_taken_out_is_named(world: World) -> None:
    rows = sealed(world)
    Entry.objects.filter(pk=rows[2].pk).delete()
    assert list(queries.faults()) == [f"第 {rows[2].pk} 条留痕被删除（封印 1）"]


def test_an_entry_added_later_is_named(world: World) -> None:
    sealed(world)
    added = write(world, 1)[0]
    Entry.objects.filter(pk=added.pk).update(seal=Seal.objects.get(number=1))
    assert list(queries.faults()) == [f"第 {added.pk} 条留痕是后来添加的（封印 1）"]


def test_a_seal_taken_out_or_rewritten_is_named(world: World) -> None:
    sealed(world)
    Seal.objects.filter(number=1).update(digest=b"x" * 32)
    assert list(queries.faults()) == ["封印 1 被改动", "封印 2 被改动"]


def test_an_end_cut_off_is_found_by_a_seal_noted_elsewhere(world: World) -> None:
    assert queries.last_seal() == "0:"
    sealed(world)
    noted = queries.last_seal()
    out = StringIO()
    call_command("trail", "verify", seal=noted, stdout=out)
    assert out.getvalue() == f"留痕完整：已封存 5 条，待封存 0 条；末封印 {noted}\n"
    Entry.objects.filter(seal__number=2).delete()
    Seal.objects.filter(number=2).delete()
    assert list(queries.faults()) == []
    with pytest.raises(CommandError, match=f"记下的封印 {noted} 已不存在或已被改写"):
        call_command("trail", "verify", seal=noted)
    with pytest.raises(CommandError, match="记下的封印 x 已不存在"):
        call_command("trail", "verify", seal="x")
