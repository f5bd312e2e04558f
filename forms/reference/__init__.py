"""What the models say of themselves: tables for the documents, JSON Schema for editors, the template of a service."""
