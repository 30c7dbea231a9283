"""Statistics: numbers by day, place and topic, never a person."""

from requests_app.lib.holdings import exempts

exempts(
    "Numbers by day and place, with nobody alone in them.",
    "indicators.DayTotal",
    "indicators.DayStock",
    "indicators.DayShare",
    "indicators.WeekDelay",
    "indicators.TopicDay",
    "indicators.TopicDelay",
    "indicators.DayWait",
    "indicators.FeltBatch",
    "indicators.GroupTotal",
    "indicators.Progress",
)
