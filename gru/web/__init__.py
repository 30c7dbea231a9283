"""The web server: requests are taken in whole before a thread works on them (threats: N08)."""
