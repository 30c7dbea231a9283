"""An invented channel, two ways: everything that the product must be told of it is in this folder."""
