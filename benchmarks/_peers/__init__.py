"""Other people's software, set up in an environment of its own and measured in the same run as ours."""
