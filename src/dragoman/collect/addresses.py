"""Which addresses may be fetched from: those of the public network, whatever a name or a redirect says."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from dragoman.collect.errors import BadInput

NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address in its last four bytes


def is_public(address: str) -> bool:
    """Whether an address is one of the public network: no loopback, no local or reserved one, in no disguise.

    >>> is_public("192.168.0.1"), is_public("::ffff:127.0.0.1"), is_public("93.184.215.14")
    (False, False, True)
    """
    ip = ip_address(address.partition("%")[0])
    inner = _inner(ip) if isinstance(ip, IPv6Address) else None
    return ip.is_global and not ip.is_multicast and (inner is None or (inner.is_global and not inner.is_multicast))


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises BadInput when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as err:
        raise BadInput(
            f"{host} cannot be found ({err}); is the address right, and the machine on the network?"
        ) from None
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
