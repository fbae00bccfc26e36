"""Papers for agents: a server of the Model Context Protocol on one store."""
