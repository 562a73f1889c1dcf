"""The durable queue and its worker: the only place that knows DBOS."""
