"""Which addresses events may be sent to: names that lead to the public internet, and only there.

Whoever registers an address chooses where our worker connects to. So the name is looked up here,
every number that it stands for must be public, and the sender connects to such a number and not
to the name: a second lookup could have another answer.

Sources: IANA registries of special-purpose addresses (RFC 6890); RFC 4291 (IPv4-mapped), RFC 3056
(6to4), RFC 6052 (NAT64); OWASP API Security 2023, API7.
"""

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from services.api.webhooks.errors import AddressRefused

Number = IPv4Address | IPv6Address

LONGEST = 500
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# The last part of a name begins with a letter; 2130706433 and 0x7f.1 are numbers in disguise.
_NAME = re.compile(rf"(?=.{{1,253}}$)({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?")
_CONTROL = re.compile(r"[^\x21-\x7e]")
_PUBLIC = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_REFUSED = (
    IPv4Network("192.0.0.0/24"),
    IPv4Network("192.88.99.0/24"),
    IPv6Network("2001::/23"),
    IPv6Network("3fff::/20"),
)
_LOW = 0xFFFF_FFFF


@dataclass(frozen=True)
class Address:
    """An address as it was given, taken apart."""

    url: str
    host: str
    port: int
    secure: bool


def read_address(url: str, *, private: bool) -> Address:
    """Take an address apart, without looking anything up.

    Parameters
    ----------
    url
        As it was given.
    private
        Whether addresses inside this network, and without TLS, are allowed too.

    Raises
    ------
    AddressRefused
        When nothing may be sent there.
    """
    parts = _split(url)
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise AddressRefused("not_https")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused("with_a_password")
    host = (parts.hostname or "").removesuffix(".")
    if not (_NAME.fullmatch(host) or _is_number(host) or (private and host == "localhost")):
        raise AddressRefused("not_a_full_name")
    secure = parts.scheme == "https"
    return Address(url, host, _port(parts) or (443 if secure else 80), secure)


def look_up(address: Address, *, private: bool) -> str:
    """Find the number to connect to.

    Parameters
    ----------
    address
        Where to.
    private
        Whether numbers inside this network are allowed too.

    Returns
    -------
    The first number that the host stands for.

    Raises
    ------
    AddressRefused
        When the host is not known, or when any of its numbers is not public.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused("unknown_host") from error
    numbers = [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]
    if not private and not all(is_public(number) for number in numbers):
        raise AddressRefused("not_public")
    return str(numbers[0])


def is_public(number: Number) -> bool:
    """Whether a number leads to the public internet, also as IPv6 writes an IPv4 number."""
    inner = _inner(number)
    if any(inner in network for network in _REFUSED if network.version == inner.version):
        return False
    if isinstance(inner, IPv6Address) and inner not in _PUBLIC:
        return False
    return inner.is_global and not inner.is_multicast


def _inner(number: Number) -> Number:
    """Unpack the IPv4 number that an IPv6 number stands for."""
    if isinstance(number, IPv4Address):
        return number
    if number in _NAT64:
        return IPv4Address(int(number) & _LOW)
    return number.ipv4_mapped or number.sixtofour or number


def _split(url: str) -> SplitResult:
    if not 0 < len(url) <= LONGEST or _CONTROL.search(url) or "\\" in url:
        raise AddressRefused("unreadable")
    try:
        return urlsplit(url)
    except ValueError as error:
        raise AddressRefused("unreadable") from error


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise AddressRefused("unreadable") from error


def _is_number(host: str) -> bool:
    try:
        # With a scope (`%eth0`) it would mean something on this machine only.
        return str(ip_address(host)) == host and "%" not in host
    except ValueError:
        return False
