"""Events go to the public internet only, however an address is written."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.api.webhooks.addresses import Address, is_public, look_up, read_address
from services.api.webhooks.errors import AddressRefused
from tests.api.webhooks.receivers import known_as

RECEIVER = "https://receiver.example/events"


def reason(url: str, *, private: bool = False) -> str:
    """Give the reason why an address is refused."""
    with pytest.raises(AddressRefused) as refused:
        read_address(url, private=private)
    return refused.value.reason


def test_a_name_with_https_is_read() -> None:
    assert read_address(RECEIVER, private=False) == Address(RECEIVER, "receiver.example", 443, True)
    assert read_address("https://a.b.example:8443/", private=False).port == 8443


@pytest.mark.parametrize(
    "url",
    [
        "http://receiver.example/",
        "ftp://receiver.example/",
        "//receiver.example",
        "data:text/plain,a",
    ],
)
def test_only_https_will_do(url: str) -> None:
    assert reason(url) == "not_https"


@pytest.mark.parametrize(
    "url",
    [
        "https://me@receiver.example/",
        "https://me:word@receiver.example/",
        "https://@receiver.example/",
        "https://receiver.example/#part",
    ],
)
def test_an_address_holds_no_name_and_no_fragment(url: str) -> None:
    assert reason(url) == "with_a_password"


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost",
        "receiver",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "127.1",
        "0177.0.0.1",
        "127.0.0.01",
        "%31%32%37.0.0.1",
        "[::ffff:7f00:1%25eth0]",
        "receiver..example",
        "-a.example",
        "receiver.example.1",
        f"{'a' * 64}.example",
        f"{'a.' * 127}example",
    ],
)
def test_a_number_in_disguise_is_no_host(host: str) -> None:
    assert reason(f"https://{host}/") == "not_a_full_name"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://receiver.example/\n",
        "https://receiver.example\\@inside.example/",
        "https://ontvanger\u3002example/",
        "https://[::1/",
        "https://receiver.example:99999/",
        "https://receiver.example:x/",
        f"https://receiver.example/{'a' * 500}",
    ],
)
def test_what_two_programs_read_differently_is_refused(url: str) -> None:
    assert reason(url) == "unreadable"


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",  # noqa: S104 - as an address to refuse
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.0.9",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::808:808",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff0e::1",
    ],
)
def test_a_number_inside_a_network_is_not_public(number: str) -> None:
    assert not is_public(ip_address(number))


@pytest.mark.parametrize(
    "number",
    ["8.8.8.8", "145.222.1.1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "2a02::1"],
)
def test_a_number_of_the_internet_is_public(number: str) -> None:
    assert is_public(ip_address(number))


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_wrapping_a_number_in_another_does_not_make_it_public(inside: Any) -> None:
    number = int(inside)

    assert not is_public(ip_address(f"::ffff:{inside}"))
    assert not is_public(ip_address((0x64FF9B << 96) | number))
    assert not is_public(ip_address((0x2002 << 112) | (number << 80)))


def test_a_name_that_stands_for_public_numbers_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", known_as("145.222.1.1", "145.222.1.2"))

    assert look_up(read_address(RECEIVER, private=False), private=False) == "145.222.1.1"


@pytest.mark.parametrize("number", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1%2"])
def test_a_name_with_one_number_inside_a_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", known_as("145.222.1.1", number))

    with pytest.raises(AddressRefused) as refused:
        look_up(read_address(RECEIVER, private=False), private=False)

    assert refused.value.reason == "not_public"


def test_a_name_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_place: Any, **_wish: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(AddressRefused) as refused:
        look_up(read_address(RECEIVER, private=False), private=False)

    assert refused.value.reason == "unknown_host"


def test_where_private_addresses_are_allowed_they_are() -> None:
    address = read_address("http://127.0.0.1:9/", private=True)

    assert address == Address("http://127.0.0.1:9/", "127.0.0.1", 9, secure=False)
    assert look_up(address, private=True) == "127.0.0.1"


def test_the_refusal_says_why_in_english_and_in_dutch() -> None:
    refused = AddressRefused("not_https")

    assert str(refused) == "Use https to a public address only. It does not begin with https."
    assert refused.facts == {
        "code": "address_refused",
        "reason": "not_https",
        "nl": "Alleen https naar een openbaar adres. Het begint niet met https.",
    }
