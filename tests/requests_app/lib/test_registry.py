"""What rooms register at start obeys one rule, whatever it is."""

import pytest

from requests_app.lib.registry import AlreadyRegistered, Handlers, HandlersByKey, NotRegistered, Registry


@pytest.fixture
def numbers():
    registry: Registry[str, int] = Registry("number")
    registry.register("two", 2)
    registry.register("one", 1)
    return registry


class TestRegistry:
    def test_keeps_the_order_of_registration(self, numbers):
        assert list(numbers.items()) == [("two", 2), ("one", 1)]

    def test_the_same_value_twice_is_once(self, numbers):
        numbers.register("two", 2)
        assert dict(numbers) == {"two": 2, "one": 1}

    def test_another_value_under_a_taken_key_is_an_error_that_names_it(self, numbers):
        with pytest.raises(AlreadyRegistered, match="another number is already registered as 'two'"):
            numbers.register("two", 22)
        assert numbers["two"] == 2

    def test_a_key_that_nobody_registered_is_an_error_that_names_it(self, numbers):
        with pytest.raises(NotRegistered, match="no number is registered as 'three'"):
            numbers["three"]
        assert numbers.get("three") is None
        assert "three" not in numbers

    def test_what_is_removed_may_be_registered_anew(self, numbers):
        numbers.unregister("two")
        numbers.unregister("three")
        numbers.register("two", 22)
        assert list(numbers) == ["one", "two"]

    def test_a_change_within_a_block_is_undone(self, numbers):
        with numbers.isolate():
            numbers.register("three", 3)
            numbers.unregister("one")
            assert list(numbers) == ["two", "three"]
        assert list(numbers) == ["two", "one"]

    def test_a_block_may_start_from_nothing(self, numbers):
        with numbers.isolate(empty=True):
            assert not numbers
            numbers.register("two", 22)
        assert dict(numbers) == {"two": 2, "one": 1}

    def test_a_block_that_fails_is_undone_too(self, numbers):
        def fail():
            with numbers.isolate(empty=True):
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert dict(numbers) == {"two": 2, "one": 1}


class TestHandlers:
    def test_are_called_in_order_and_once_each(self):
        handlers: Handlers[object] = Handlers("handler")
        for each in (len, abs, len):
            handlers.add(each)
        assert list(handlers) == [len, abs]

    def test_of_a_key_are_its_own_in_order(self):
        handlers: HandlersByKey[str, object] = HandlersByKey("handler")
        for key, each in (("a", len), ("b", abs), ("a", abs), ("a", len)):
            handlers.add(key, each)
        assert (handlers.find("a"), handlers.find("b"), handlers.find("c")) == ([len, abs], [abs], [])
