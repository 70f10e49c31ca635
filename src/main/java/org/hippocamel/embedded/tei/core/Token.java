package org.hippocamel.embedded.tei.core;

/**
 * One token of {@code /tokenize}.
 *
 * @param text the piece of the input, or the name of a special token
 * @param start UTF-8 byte offset in the input, -1 for a special token
 * @param stop UTF-8 byte offset behind the token, -1 for a special token
 */
public record Token(long id, String text, boolean special, int start, int stop) {}
