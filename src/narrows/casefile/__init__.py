"""The case file: engine, ledger, named SQL, evidence. The only place that executes SQL."""
