"""The API: stores figures, rules and agreements, and keeps proposals until they are decided."""
