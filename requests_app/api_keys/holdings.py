"""Keys of other software: no word of a person."""

from requests_app.lib.holdings import exempts

exempts(
    "What programs of other teams may do, and what they were refused.",
    "api_keys.ApiKey",
    "api_keys.ApiSecret",
    "api_keys.ApiRefusal",
)
