"""The troupe of demo performers that makes a new instance lively."""
