"""HTTP: pages, the exam room's JSON protocol, forms, and the mapping of errors to answers."""
