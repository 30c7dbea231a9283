"""The mail door: one port that speaks SMTP and LMTP, and says 250 once the mail is committed."""
