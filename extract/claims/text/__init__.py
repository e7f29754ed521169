"""Running text: from pages or plain text to lines in reading order, sections, paragraphs and sentences."""
