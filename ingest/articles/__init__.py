"""Articles: what a text names becomes proposals, each with its verbatim quote; a person accepts or rejects them."""
