"""Measurements on a made-up world of members; they need Django set up, which `benchmarks._world` does first."""
