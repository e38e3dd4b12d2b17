import pytest

from web.tests.redis_server import RedisServer, free_port


@pytest.fixture
def redis_server(tmp_path):
    """A running Redis that the test may stop and start."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def nobody_listens():
    """The address of a Redis that is not there."""
    return f"redis://127.0.0.1:{free_port()}/0"


@pytest.fixture
def lines(capsys):
    """The log lines written since the last call, as dictionaries."""
    import orjson

    def read() -> list[dict]:
        return [orjson.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]

    return read
