"""The tree, its files and its packaging."""
