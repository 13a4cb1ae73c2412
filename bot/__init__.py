"""The chat: handlers, texts and pictures; it knows the company by the core client alone."""
