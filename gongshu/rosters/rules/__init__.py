"""Rules of rosters, pure: words and rows in, facts and problems out."""
