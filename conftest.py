"""The strict world, for the tests of every room and every channel."""

pytest_plugins = [
    "tests.clock.selection",
    "tests.world",
    "tests.cast",
    "tests.factories",
    "tests.keys_of_programs",
    "tests.receiver",
    "tests.staging",
    "tests.browser",
    "tests.offices",
    "tests.counter",
]
