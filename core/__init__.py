"""The business service: people, orders, KPIs, ranks and what they mean for one person. Knows nobody but `i18n`."""
