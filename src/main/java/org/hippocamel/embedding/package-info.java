/**
 * Texts to vectors: cutting into tickets, sharing TEI calls between callers, reading TEI's answers.
 * Imports problem, config, Jackson, and Camel's aggregation types where the route needs them.
 */
package org.hippocamel.embedding;
