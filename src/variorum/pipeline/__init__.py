"""The stages put in a row: one capture's path, the watcher that feeds it, imports and exports."""
