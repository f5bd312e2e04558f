"""The hall as a server: its certificates, its connections and their limits, its processes."""
