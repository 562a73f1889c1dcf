"""Target groups (aandachtsgroepen): their priority, weight, and the dated rule behind them."""
