"""The guard: nothing inside the house is ever reached, however it is spelled."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from evil_server import answer, evil, serving
from hypothesis import given
from hypothesis import strategies as st

from variorum.stages.fetch import Fetcher, Guard, Limits, allowed_address, allowed_url
from variorum.stages.fetch.addresses import address_in_disguise

HOSTILE_ADDRESSES = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.8.9.1",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.170", "192.0.2.1", "192.88.99.1",
    "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:53aa:64c::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1",
    "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1",
]  # fmt: skip

HOSTILE_SPELLINGS = [
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/",
    "http://017700000001/", "http://127.1/", "http://127.0.1/", "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/", "http://１２７.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://[::1]/",
    "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[fe80::1%25eth0]/",
    "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://router.local/",
    "http://metadata.google.internal/", "http://db.lan/", "http://127.0.0.1./", "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/", "http://0/", "http://0x0/", "http://127.0.0.1:80@127.0.0.1/",
    "http://user:pw@example.org/", "http://example.org\\@127.0.0.1/", "http://127.0.0.1\t/",
    "http://3232235777/", "http://0xc0a80101/", "http://192.168.257/", "http://1.1.1.1.1/",
    "http://256.256.256.256/", "http://[::127.0.0.1]/", "http://[64:ff9b::10.0.0.1]/",
]  # fmt: skip

NOT_THE_WEB = [
    "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:text/html,hello",
    "javascript:alert(1)", "ws://example.org/", "//example.org/", "example.org", "", "http://",
    "http:///etc/passwd", "http://[::1", "http://example.org:99999/", "http://exa mple.org/",
    "http://example.org:22/", "http://example.org:25/", "http://example.org:6379/",
    "http://example.org/" + "a" * 9000, "http://xn--/", "http://example.org:0/",
    "http://example.org/\ud800",
]  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES)
def test_no_hostile_address_is_allowed(address: str) -> None:
    assert allowed_address(address) is not None


@pytest.mark.parametrize("url", [*NOT_THE_WEB, "http://a..b.invalid/", "http://" + "a" * 99 + "/"])
def test_what_is_no_url_is_answered_in_one_line(url: str) -> None:
    async def story() -> None:
        async with Fetcher() as fetcher:
            fetched = await fetcher.get(url)
        assert fetched.status is None and fetched.error is not None
        assert len(fetched.error) < 500 and "Error" not in fetched.error

    asyncio.run(story())


@pytest.mark.parametrize("url", HOSTILE_SPELLINGS + NOT_THE_WEB)
def test_no_hostile_url_is_allowed(url: str) -> None:
    assert allowed_url(url) is not None


OF_THIS_MACHINE = {
    "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/",
    "http://１２７.0.0.1/",
}  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE_SPELLINGS)
def test_leave_to_reach_this_machine_opens_no_other_door(url: str) -> None:
    """With loopback allowed, what Unicode reads as its plain name passes, and nothing else."""
    assert (allowed_url(url, allow_loopback=True) is None) == (url in OF_THIS_MACHINE)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "151.101.0.81", "2606:4700::1111", "64:ff9b::8.8.8.8"]
)
def test_public_addresses_are_allowed(address: str) -> None:
    assert allowed_address(address) is None


@pytest.mark.parametrize(
    "url",
    ["http://example.org/", "https://example.org:8443/a?b#c", "https://münchen.example.org/",
     "http://8.8.8.8/", "http://[2606:4700::1111]/", "https://3com.example.org/",
     "https://1.example.org/", "https://0x.example.com/"],
)  # fmt: skip
def test_public_urls_are_allowed(url: str) -> None:
    assert allowed_url(url) is None


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_an_address_is_seen_through(number: int) -> None:
    address = IPv4Address(number)
    a, b, c, d = address.packed
    for spelling in (
        str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}",
        f"{a:#x}.{b:#x}.{c}.{d}", f"0{a:o}.{b}.{(c << 8) + d}",
    ):  # fmt: skip
        seen = address_in_disguise(spelling)
        assert seen == address or (seen is None and spelling == str(address))


@given(st.integers(0, 2**128 - 1))
def test_every_ipv6_address_gets_an_answer(number: int) -> None:
    address = str(IPv6Address(number))
    reason = allowed_address(address)
    assert reason is not None or address.startswith(("2", "3", "64:ff9b::"))


@given(st.text(max_size=60))
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    for reason in (allowed_url(text), allowed_url(f"http://{text}/"), allowed_address(text)):
        assert reason is None or reason.isprintable()
    assert allowed_address(text) is not None or ip_address(text).is_global


class Turncoat(AbstractResolver):
    """A name server that gives one answer first and another later (DNS rebinding)."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        given = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        kind = socket.AF_INET6 if ":" in given else socket.AF_INET
        return [
            ResolveResult(
                hostname=host,
                host=given,
                port=port,
                family=kind,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        pass


@pytest.mark.parametrize("address", [a for a in HOSTILE_ADDRESSES if "%" not in a])
def test_a_name_that_resolves_into_the_house_is_refused_at_the_connect(address: str) -> None:
    async def story() -> None:
        guard = Guard()
        async with Fetcher(guard=guard, resolver=Turncoat(address)) as fetcher:
            fetched = await fetcher.get("http://news.example.org/story")
        assert fetched.status is None
        assert guard.refused >= 1
        assert fetched.error is not None
        assert "news.example.org was not asked: its address" in fetched.error

    asyncio.run(story())


def test_a_name_that_turns_inward_after_the_first_answer_is_refused_the_second_time() -> None:
    async def story() -> None:
        async with evil(serving(("/", answer(b"secret")))) as inside:
            guard = Guard()
            resolver = Turncoat("192.0.2.1", "127.0.0.1")
            async with Fetcher(guard=guard, resolver=resolver, limits=Limits(connect=1)) as fetcher:
                for _ in range(2):
                    fetched = await fetcher.get(f"http://rebind.example.org:{inside.port}/")
                    assert fetched.status is None
                    assert fetched.error is not None and "was not asked" in fetched.error
            assert inside.asked == []

    asyncio.run(story())


@pytest.mark.parametrize(
    "target",
    ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd",
     "gopher://127.0.0.1/", "ftp://127.0.0.1/", "data:text/plain,hi", "//[::ffff:10.0.0.1]/",
     "http://2130706433/", "http://user:pw@127.0.0.1/", "http://[fd00::1]/", "http://①⓪.⓪.⓪.①/"],
)  # fmt: skip
def test_a_redirect_into_the_house_is_refused(target: str) -> None:
    """The server itself is on loopback (allowed here); its redirect may still go nowhere else."""

    async def story() -> None:
        page = answer(status="302 Found", location=target.encode("utf-8").decode("latin-1"))
        async with evil(serving(("/", page))) as server, Fetcher(guard=Guard(True)) as fetcher:
            fetched = await fetcher.get(server.at("/"))
            assert fetched.status is None
            assert fetched.error is not None and "was not asked" in fetched.error
            assert fetched.hops == (server.at("/"),)

    asyncio.run(story())


def test_without_leave_this_machine_is_not_reached() -> None:
    async def story() -> None:
        async with evil(serving(("/", answer(b"inside")))) as server, Fetcher() as fetcher:
            fetched = await fetcher.get(server.at("/"))
            assert fetched.error is not None and "this machine itself" in fetched.error
            assert server.asked == []

    asyncio.run(story())


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with evil(serving(("/", answer(b"straight")))) as server:
            monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
            monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
            async with Fetcher(guard=Guard(True)) as fetcher:
                fetched = await fetcher.get(server.at("/"))
            assert fetched.body == b"straight"

    asyncio.run(story())
