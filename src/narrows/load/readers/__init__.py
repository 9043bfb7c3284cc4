"""From a received file to tables of text cells, whatever its format, encoding and state."""
