"""Pages of 接口, and the API itself."""
