"""How a secret looks in an address: 22 URL-safe signs, what 128 bits take."""


class SecretConverter:
    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
