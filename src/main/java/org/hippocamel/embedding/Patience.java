package org.hippocamel.embedding;

import java.time.Duration;

/**
 * How long a caller waits who can do without vectors. What has none by then is refused text by
 * text, with the reason, and the caller goes on; while no embedder serves he does so at once.
 *
 * @param time from the moment of asking
 * @param key the setting that changes it, for messages
 */
public record Patience(Duration time, String key) {}
