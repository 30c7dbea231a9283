"""What one mail may cost before we refuse to parse it (threats M03 and M04)."""

MAX_PARTS = 500
MAX_DEPTH = 20
MAX_HEAD_BYTES = 64 * 1024  # of one header block
MAX_PARAMETERS = 200  # of one header; a file name in 200 pieces is not a file name
MAX_ADDRESSES = 2_000
MAX_TEXT = 2_000_000  # characters of the body; beyond, the raw mail stays available
