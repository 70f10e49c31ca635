package org.hippocamel.embedding;

/**
 * How the served model sees a text.
 *
 * @param count tokens without the special ones
 * @param ends exclusive end of each token as a Java char index into the text, ascending; only for
 *     cutting a text between tokens
 */
public record Tokens(int count, int[] ends) {}
