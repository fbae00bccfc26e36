"""Topic packs: rules in YAML, one file a pack. `core` is always on."""
