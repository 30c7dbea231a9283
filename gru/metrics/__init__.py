"""What the product measures of itself: read by /metrics and by `manage doctor`."""
