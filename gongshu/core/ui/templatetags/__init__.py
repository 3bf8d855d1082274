"""The tag library built into every template."""
