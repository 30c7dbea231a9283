import pytest

from requests_app.channels import registry
from tests.channels_app.telex.channel import TelexOutbound, described


@pytest.fixture(autouse=True)
def operator():
    """The way out of telex, open for one test; what the operator accepted is in ``accepted``."""
    outbound = TelexOutbound()
    with registry.CHANNELS.isolate():
        registry.register(described(outbound))
        yield outbound
