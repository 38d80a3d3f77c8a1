"""Reading plain text: typography, tokens, sentences. Shared by the stages; knows only ``model``."""
