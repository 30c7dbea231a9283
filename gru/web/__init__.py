"""The web server: requests are read completely before a thread works on them (threats: N08)."""
