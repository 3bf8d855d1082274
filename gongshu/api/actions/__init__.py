"""The only places that write what belongs to 接口."""
