"""Grammar: what can be written behind `publisher`: a module a family, a row a command."""
