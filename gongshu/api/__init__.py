"""接口: keys for other systems, the REST API, and notices sent to them."""
