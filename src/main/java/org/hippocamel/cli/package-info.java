/**
 * The command line beyond a plain start: one class for each verb, listed in {@link
 * org.hippocamel.cli.Verbs}. Imports picocli, and whatever its verbs put together; only {@link
 * org.hippocamel.App} imports it.
 */
package org.hippocamel.cli;
