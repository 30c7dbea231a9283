"""What we say by ourselves: acknowledgments, within limits."""
