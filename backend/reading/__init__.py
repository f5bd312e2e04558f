"""The circuit breaker on reading personal data: who reads unusually much is slowed down, then stopped."""
