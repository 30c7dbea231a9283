"""What is tried, where and why: no person served, and no ticket."""

from requests_app.lib.holdings import exempts

exempts(
    "What Maisons try, and the notes of those who lead it: no person served.",
    "experiments.Trial",
    "experiments.Trial_feedback",
    "experiments.TrialSite",
    "experiments.TrialNote",
)
