"""How long it takes to process a message, whoever does it: a worker, a form that waits, the sweep."""

from requests_app.lib.histograms import Histogram

ARRIVALS = Histogram(
    "gru_arrival_processing_seconds",
    "Time to process one message received, whatever becomes of it.",
    (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0),
)
