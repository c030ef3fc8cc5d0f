"""What stands in a text: words, grammar, places of mentions, quotation of evidence."""
