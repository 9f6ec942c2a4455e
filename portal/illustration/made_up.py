"""How every record of the illustration says that it is made up."""

MADE_UP = "Illustration: "  # begins the reason of every write
SOURCE = "Made up for the illustration"  # stands where a figure names its document
