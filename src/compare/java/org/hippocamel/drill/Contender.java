package org.hippocamel.drill;

/**
 * One way to embed.
 *
 * @param name for the table
 * @param client what is called
 * @param textsPerCall texts of one call when a long list is embedded
 * @param callers threads that share a long list
 */
record Contender(String name, Client client, int textsPerCall, int callers) {}
