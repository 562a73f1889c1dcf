"""The quota ledger: task, trades, realised, backlog and surplus of every municipality."""
