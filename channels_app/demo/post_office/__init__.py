"""The local post office: what the demo sends goes there and nowhere else, and can be read.

A small process with two doors, a sending server (SMTP) and pages on the demo port. For the tests its own
list of what it accepted is the truth; it fails on command.
"""
