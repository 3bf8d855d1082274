"""Where events may be sent: nowhere inside the house that the operator did not allow."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from gongshu.api.actions import delivering
from gongshu.api.models import Delivery
from gongshu.api.rules import addresses
from gongshu.core.base.problems import Refused
from tests.api.listening import follow, listening, tell
from tests.api.receivers import Receiver
from tests.api.samples import hook, key
from tests.venues.samples import opened
from tests.worlds import World

INSIDE = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.9", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
    *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1"),
    *("64:ff9b::7f00:1", "2002:7f00:1::", "::ffff:10.0.0.1", "fe80::1%eth0"),
    *("fec0::1", "::10.0.0.1", "::ffff:0:10.0.0.1", "64:ff9b:1::a00:1"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_inside_are_not_called(address: str) -> None:
    where = addresses.target("https://oa.example.cn/")
    assert addresses.reaching(where, [address], ()) != []
    assert addresses.reaching(where, ["1.1.1.1", address], ()) != []


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_outside_are_called_by_https_only(address: str) -> None:
    assert addresses.reaching(addresses.target("https://oa.example.cn/"), [address], ()) == []
    assert addresses.reaching(addresses.target("http://oa.example.cn/"), [address], ()) != []


def test_a_net_the_operator_allows_is_called() -> None:
    allowed = addresses.nets(["10.0.0.0/8", " fd00::/8"])
    for scheme in ("http", "https"):
        where = addresses.target(f"{scheme}://oa/")
        assert addresses.reaching(where, ["10.1.2.3"], allowed) == []
        assert addresses.reaching(where, ["fd00::1"], allowed) == []
        assert addresses.reaching(where, ["10.1.2.3", "192.168.0.1"], allowed) != []
    assert addresses.reaching(addresses.target("http://oa/"), ["10.1.2.3", "1.1.1.1"], allowed) != []


def test_a_host_nobody_knows_is_named() -> None:
    [problem] = addresses.reaching(addresses.target("https://oa.example.cn/"), [], ())
    assert problem.message == "找不到主机 oa.example.cn，请核对域名"


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://a.cn/", "file:///etc/passwd", "https://", "https:///x", "javascript:1", "//a.cn/", "oa.example.cn"),
        *("https://a b.cn/", "https://工会.cn/", "https://u:p@a.cn/", "https://a.cn:0/", "https://a.cn:99999/"),
        *("https://a.cn/\r\nX: y", "https://[::1/"),
    ],
)
def test_what_is_no_address_is_refused_in_words(url: str) -> None:
    with pytest.raises(ValueError, match=r"[一-鿿]"):
        addresses.target(url)


def test_the_port_and_the_query_are_kept() -> None:
    assert addresses.target("https://a.cn:8443/x?y=1") == addresses.Target("https", "a.cn", 8443, "/x?y=1")
    assert addresses.target("https://a.cn") == addresses.Target("https", "a.cn", 443, "/")


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "https://2130706433/"]
)
def test_an_address_inside_is_refused_when_it_is_written_down(world: World, url: str) -> None:
    with pytest.raises(Refused) as refusal:
        hook(world, key(world)[0], url)
    assert refusal.value.problems[0].field == "url"


def test_a_name_that_leads_inside_by_now_is_not_called(world: World, receiver: Receiver, settings: Any) -> None:
    listening(world, receiver.url)
    opened(world)
    follow()
    settings.WEBHOOK_PRIVATE = []
    assert tell() == 0
    assert receiver.came == []
    assert "内部地址" in Delivery.objects.get().note


def test_it_connects_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name looked up again while connecting could lead elsewhere by then."""
    asked: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    line = delivering._Pinned(addresses.target("http://oa.example.cn:8080/"), "10.1.2.3")
    with pytest.raises(ConnectionRefusedError):
        line.request("POST", "/")
    assert asked == [("10.1.2.3", 8080)]


def test_an_address_is_written_down_once(world: World) -> None:
    of = key(world)[0]
    hook(world, of)
    with pytest.raises(Refused, match="已经登记过"):
        hook(world, of)
