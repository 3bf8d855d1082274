"""Rules of 接口. Pure."""
