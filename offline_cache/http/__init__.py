"""Addresses and answers of HTTP, read strictly."""
