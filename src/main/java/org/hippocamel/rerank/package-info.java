/**
 * How well texts answer a query, by a cross-encoder behind TEI's {@code /rerank}: calls side by
 * side within what the server takes, one deadline, and a reason where there are no scores. Imports
 * problem, config, Jackson, and of embedding what it knows of TEI servers in general.
 */
package org.hippocamel.rerank;
