"""A made-up province or nation of any size, to see how the system carries it. Every organisation is marked 演示."""
