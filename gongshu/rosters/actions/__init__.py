"""The only place that writes rosters: taking in, checking, confirming, bringing in, clearing away."""
