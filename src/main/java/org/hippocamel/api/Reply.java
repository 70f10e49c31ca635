package org.hippocamel.api;

/**
 * An HTTP reply.
 *
 * @param status HTTP status code
 * @param contentType media type of the body, or null without one
 * @param body bytes to send, or null
 */
public record Reply(int status, String contentType, byte[] body) {}
