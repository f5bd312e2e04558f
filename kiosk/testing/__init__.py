"""What is played for the demo, tests and benches; no other code may import it."""
