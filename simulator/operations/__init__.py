"""The use cases, one verb function each: they flush, and whoever calls them commits."""
