"""Union officers: training, and the dated duties of the Party-building and integrity ledger."""
