"""`digitlens serve` starts, says where, stops, and comes back."""

from __future__ import annotations

from tests.running import Server


def test_comes_back_on_its_port(own_server: Server) -> None:
    """A server that is stopped and started again has its old address."""
    before = own_server.url
    assert own_server.stop() == 0
    own_server.start()
    assert own_server.url == before
    assert own_server.ask("GET", "/healthz").status == 200
