"""learnhabit: make learning a habit."""

__version__ = "0.1.0"
