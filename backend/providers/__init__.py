"""What the hall learns of other offices: a provider answers typed inquiries (docs/providers.md)."""
