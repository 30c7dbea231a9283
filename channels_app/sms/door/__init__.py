"""The addresses that the provider calls: authentic or 403, stored or 503, then 200 at once."""
