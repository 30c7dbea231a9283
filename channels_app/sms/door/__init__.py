"""The addresses that the provider calls: authentic or 403, kept or 503, then 200 at once."""
