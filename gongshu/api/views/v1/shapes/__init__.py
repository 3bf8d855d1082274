"""What the calls of the API take and give. Codes come with their Chinese labels; numbers of persons are masked."""
