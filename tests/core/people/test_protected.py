"""Sealed columns, their key ring, and its rotation while the system runs."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from gongshu.core.base.keyring import KeyMissing, KeyRing, Tampered, add_keys, make_ring, read_ring
from gongshu.core.base.problems import Refused
from gongshu.core.jobs.actions import enqueue
from gongshu.core.jobs.housekeeping import reseal
from gongshu.core.jobs.models import Job
from gongshu.core.jobs.worker import Worker
from gongshu.core.people import protected, resealing
from gongshu.core.people.identity import PersonFacts, find_or_make
from gongshu.core.people.models import Person
from gongshu.core.people.protected import put, ring, sealed_field
from gongshu.core.people.queries import by_id_number, by_number, by_phone
from tests.members.samples import id_number
from tests.worlds import NOW

COLUMN = "people.Person.id_number"
NO_FILES = {"files": 0, "unreadable": 0}


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Iterator[Path]:
    """Give each test a key ring of its own."""
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    yield tmp_path / "keys.json"
    protected._held.clear()


def person(name: str, order: int, phone: str = "") -> Person:
    return find_or_make(PersonFacts(name, id_number(order), phone), on=NOW.date())


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_a_sealed_text_opens_again_and_never_looks_the_same_twice(home: Path, cipher: str) -> None:
    keys = make_ring(home, cipher)
    one, two = keys.seal(COLUMN, "何立"), keys.seal(COLUMN, "何立")
    assert one != two
    assert [keys.open(COLUMN, sealed) for sealed in (one, two)] == ["何立", "何立"]
    assert one[0] == 1
    assert "何立".encode() not in one


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_a_changed_or_moved_value_is_found_out(home: Path, cipher: str) -> None:
    keys = make_ring(home, cipher)
    sealed = keys.seal(COLUMN, "520102199003070011")
    for place in (5, 20, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Tampered):
            keys.open(COLUMN, bytes(changed))
    with pytest.raises(Tampered):
        keys.open("people.Person.phone", sealed)
    with pytest.raises(KeyMissing, match="第 9 号"):
        keys.open(COLUMN, b"\x09" + sealed[1:])


def test_blind_indexes_are_equal_for_equal_texts_of_one_column_under_one_key(home: Path) -> None:
    keys = make_ring(home, "aes-256-gcm")
    assert keys.blind(COLUMN, "1") == keys.blind(COLUMN, "1")
    assert len({keys.blind(COLUMN, "1"), keys.blind(COLUMN, "2"), keys.blind("people.Person.phone", "1")}) == 3
    assert len(keys.blind(COLUMN, "1")) == 17
    rotated = add_keys(home, "sm4-gcm")
    assert rotated.blinds(COLUMN, "1") == [rotated.blind(COLUMN, "1"), keys.blind(COLUMN, "1")]
    assert rotated.blind(COLUMN, "1")[0] == 2


def test_the_file_is_for_its_owner_only_and_is_made_once(home: Path) -> None:
    first = make_ring(home, "aes-256-gcm")
    assert stat.S_IMODE(home.stat().st_mode) == 0o600
    assert make_ring(home, "sm4-gcm").sealing[1].secret == first.sealing[1].secret
    assert isinstance(read_ring(home), KeyRing)
    assert sorted(path.name for path in home.parent.iterdir()) == ["keys.json", "keys.lock"]


def test_versions_end_at_255(home: Path, monkeypatch) -> None:
    make_ring(home, "aes-256-gcm")
    monkeypatch.setattr("gongshu.core.base.keyring.MOST_KEYS", 1)
    with pytest.raises(ValueError, match="用完"):
        add_keys(home, "aes-256-gcm")


def test_a_sealed_value_does_not_show_itself(db: None) -> None:
    sealed = Person.objects.get(pk=person("何立", 3, "13800001111").pk).id_number
    assert f"{sealed} {sealed!r}" == "•••••• <sealed people.Person.id_number>"
    assert sealed.masked() == f"5201{'*' * 12}{id_number(3)[-2:]}"
    assert sealed.reveal() == id_number(3)
    assert sealed == Person.objects.get().id_number
    assert sealed != id_number(3)
    assert len({sealed, Person.objects.get().id_number}) == 1


def test_a_plain_text_cannot_be_stored_in_a_sealed_column(db: None) -> None:
    with pytest.raises(TypeError, match="sealed values only"):
        Person.objects.create(name="何立", id_number=id_number(3))
    with pytest.raises(TypeError, match="is not sealed"):
        sealed_field(Person, "name")


def test_an_empty_text_clears_value_and_index(db: None) -> None:
    row = person("何立", 3)
    put(row, "id_number", "")
    row.save()
    assert Person.objects.values_list("id_number", "id_index").get() == (None, None)


def test_persons_are_found_by_whole_numbers_however_typed(db: None) -> None:
    row = person("何立", 3, "13800001111")
    assert by_id_number(f" {id_number(3).lower()} ") == row
    assert by_id_number(id_number(4)) is None
    assert list(by_phone("138 0000 1111")) == [row]
    assert list(by_number(id_number(3))) == list(by_number("13800001111")) == [row]


def test_one_identity_number_is_one_person(db: None) -> None:
    row = person("何立", 3)
    assert person("何立", 3, "13900002222").pk == row.pk
    assert Person.objects.get().phone.masked() == "139****2222"
    with pytest.raises(Refused, match="另一个姓名"):
        person("何丽", 3)
    twin = Person(name="何立")
    put(twin, "id_number", id_number(3))
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


@pytest.mark.django_db(transaction=True)
def test_a_rotation_reseals_everything_while_values_are_read_and_found(monkeypatch, home: Path) -> None:
    rows = [person(f"张{n}", n, f"138{n:08d}") for n in range(1, 26)]
    old = read_ring(home)
    for name in ("id_number", "phone"):
        monkeypatch.setattr(sealed_field(Person, name), "at_once", 10)
    told = StringIO()
    call_command("keys", "rotate", stdout=told)
    assert ring().active == 2
    assert {row.id_number.version for row in Person.objects.all()} == {1}
    assert by_id_number(id_number(7)) == rows[6]  # under the old key, by the new ring
    late = person("李一", 30)
    assert late.id_number.version == 2
    with pytest.raises(Refused, match="另一个姓名"):
        person("李二", 8)
    Worker().drain()
    assert Job.objects.get(name="keys.reseal").result == {"resealed": 50, **NO_FILES, "left": 0}
    assert list(resealing.stale_columns()) == []
    home_of_old = KeyRing({2: ring().sealing[2]}, {2: ring().indexing[2]})
    for n, row in enumerate(Person.objects.filter(name__startswith="张").order_by("pk"), start=1):
        assert home_of_old.open(COLUMN, row.id_number.raw) == id_number(n)
        assert bytes(row.id_index) == home_of_old.blind(COLUMN, id_number(n))
    assert old.active == 1
    told = StringIO()
    call_command("keys", "status", stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[0].startswith("第 1 号 aes-256-gcm")
    assert lines[1].endswith("（在用）")
    of_people = [line for line in lines[2:] if line.startswith("people.")]
    assert of_people == ["people.Person.id_number：第 2 号 26 条", "people.Person.phone：第 2 号 25 条"]


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_was_cut_off_goes_on_where_it_was(monkeypatch) -> None:
    for n in range(1, 26):
        person(f"张{n}", n)
    for name in ("id_number", "phone"):
        monkeypatch.setattr(sealed_field(Person, name), "at_once", 10)
    resealing.add_active_keys("sm4-gcm")
    job = enqueue(reseal)
    worker, real, calls = Worker(), resealing.reseal, []

    def cut_off(column, after):
        if column.label != "people.Person.id_number":
            return real(column, after)
        calls.append(after)
        if len(calls) == 2:
            raise ConnectionError("pulled out")
        return real(column, after)

    monkeypatch.setattr(resealing, "reseal", cut_off)
    worker.work_once()
    job.refresh_from_db()
    assert (job.state, Person.objects.count()) == ("queued", 25)
    assert sum(row.id_number.version == 2 for row in Person.objects.all()) == 10
    Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
    worker.drain()
    job.refresh_from_db()
    assert job.result == {"resealed": 25, **NO_FILES, "left": 0}
    assert calls[2] == calls[1] > 0
