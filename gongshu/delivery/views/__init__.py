"""Pages of 部署落实."""
