"""Which addresses may be called: none that lies inside the house, unless the operator allows that net. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from gongshu.core.base.problems import Problem

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Net = ipaddress.IPv4Network | ipaddress.IPv6Network
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
PORTS = {"https": 443, "http": 80}
FIELD = "url"


@dataclass(frozen=True)
class Target:
    """Where a notice goes: scheme, host, port, path with query."""

    scheme: str
    host: str
    port: int
    path: str


def nets(named: Iterable[str]) -> tuple[Net, ...]:
    """Return the nets an operator names, e.g. 10.0.0.0/8."""
    return tuple(ipaddress.ip_network(text.strip()) for text in named if text.strip())


def target(url: str) -> Target:
    """Return the parts of an address; raises ValueError with a Chinese sentence."""
    if any(ord(sign) <= 32 or ord(sign) > 126 for sign in url):
        raise ValueError("地址里不能有空格、汉字等；域名含汉字的请用转换后的形式")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ValueError("地址不对，例：https://oa.example.cn/gongshu") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("地址须以 https:// 开头，例：https://oa.example.cn/gongshu")
    if parts.username is not None or parts.password is not None:
        raise ValueError("地址里不要写用户名和密码，推送带有签名")
    if port == 0:
        raise ValueError("端口不对")
    path = parts.path or "/"
    return Target(
        parts.scheme, parts.hostname, port or PORTS[parts.scheme], f"{path}?{parts.query}" if parts.query else path
    )


def bare(found: str) -> Address:
    """Return the address a packet would go to: IPv4 where one is wrapped in IPv6."""
    address = ipaddress.ip_address(found.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
    return address


def is_allowed(found: str, private: Iterable[Net]) -> bool:
    """Tell whether an address is out in the world, or in a net that the operator allows."""
    address = bare(found)
    if any(address.version == net.version and address in net for net in private):
        return True
    return address.is_global and not address.is_multicast


def reaching(where: Target, addresses: Iterable[str], private: Iterable[Net]) -> list[Problem]:
    """Return why a host, resolved to these addresses, may not be called; http is for allowed private nets only."""
    found, inside = list(addresses), tuple(private)
    if not found:
        return [Problem(f"找不到主机 {where.host}，请核对域名", field=FIELD)]
    if not all(is_allowed(address, inside) for address in found):
        return [Problem(f"{where.host} 是内部地址，不能推送；确需推送的，请运维人员在设置中放行该网段", field=FIELD)]
    is_inside = all(any(bare(a).version == net.version and bare(a) in net for net in inside) for a in found)
    if where.scheme == "http" and not is_inside:
        return [Problem("请用 https:// 开头的地址；http 只用于已放行的内部网段", field=FIELD)]
    return []
