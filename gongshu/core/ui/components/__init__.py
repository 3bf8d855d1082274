"""The components' Python side: a signature is a component's list of props."""
