"""From pages or plain text to sections, paragraphs and sentences."""
