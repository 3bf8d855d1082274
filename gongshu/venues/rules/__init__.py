"""What stands in the way of a venue, its weekly hours and its kinds. Pure."""
