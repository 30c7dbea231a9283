"""The local post office: what the demo sends goes there and nowhere else, and can be read there.

A small process with two servers: an SMTP one, and web pages on the demo port. For the tests its own
list of what it accepted is the truth; it fails on command.
"""
