package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.Lane;

/**
 * One request whose body has been read.
 *
 * @param startedNanos when the body was complete, on the clock of {@link System#nanoTime}
 * @param gone completes when the client has closed the connection
 */
record Request(byte[] body, Lane lane, long startedNanos, CompletableFuture<Void> gone) {}
