"""The only place that writes memberships: joining, deciding, moving, keeping, ending, and the counters beside them."""
