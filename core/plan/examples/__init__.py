"""Example plans: the demo company's, a default for companies without one, and plans of the field's common shapes."""
