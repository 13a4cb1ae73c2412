"""Pure decisions about the tree: which links an operation changes, and what can be wrong with a network."""
