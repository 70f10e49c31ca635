package org.hippocamel.problem;

/**
 * One fault in a request body.
 *
 * @param pointer JSON pointer (RFC 6901) of the field, {@code ""} for the whole body
 * @param detail a sentence: what is wrong, the value shortened, the limit, what to do
 */
public record FieldError(String pointer, String detail) {}
