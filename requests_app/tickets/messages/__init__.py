"""What we send automatically: acknowledgments, within limits."""
