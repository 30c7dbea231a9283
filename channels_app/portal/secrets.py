"""The format of a secret in an address: 22 URL-safe characters, 128 bits."""


class SecretConverter:
    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
