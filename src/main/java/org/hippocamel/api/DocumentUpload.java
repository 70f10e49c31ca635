package org.hippocamel.api;

/**
 * What stands beside a file in a multipart form, as it came.
 *
 * @param fileName name of the file, or null when the request is not a form with a file
 * @param metadata JSON object as text, or null
 * @param agentId or null
 */
public record DocumentUpload(String fileName, String metadata, String agentId) {}
