"""Whatever the library of Redis stumbles over, a lost connection is a RedisError (threats: F03)."""

import pytest
from redis._parsers.socket import SocketBuffer
from redis.exceptions import RedisError

from requests_app.lib.valkey import valkey


def test_F03_a_buffer_closed_meanwhile_is_a_lost_connection_and_the_next_call_answers(monkeypatch):
    def stumble(*_args, **_more):
        raise ValueError("I/O operation on closed file.")

    assert valkey().ping()
    with monkeypatch.context() as patch:
        patch.setattr(SocketBuffer, "_read_from_socket", stumble)
        with pytest.raises(RedisError):
            valkey().ping()
        with pytest.raises(RedisError):
            valkey().pipeline().incr("gru:test:lost").execute()
    assert valkey().ping()
