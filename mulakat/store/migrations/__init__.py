"""The steps from each version's tables to the next; `mulakat.store.migrate` runs them."""
