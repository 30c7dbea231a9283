"""Mails as programs write them, from what their authors know of these programs: none comes from a corpus."""
