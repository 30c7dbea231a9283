"""Portals of the Publik family (w.c.s., by Entr'ouvert): their requests in, what is theirs out.

The shapes are those of the public documentation, under
https://doc-publik.entrouvert.com/dev/wcs/api-webservices/: ``completion-et-modification-d-un-formulaire``
(creating), ``recuperation-des-donnees-d-un-formulaire`` (the data), ``authentification`` (signatures).
docs/decisions/2026-11-30-portals-of-the-publik-family.md says what it leaves open.
"""
