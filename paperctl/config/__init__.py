"""Settings and the YAML files they come from."""
