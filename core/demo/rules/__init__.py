"""How the demo company is invented: one file per part of it."""
