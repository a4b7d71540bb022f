"""Training of the reading model; nothing here is needed to run Dragoman."""
