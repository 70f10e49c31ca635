/**
 * The graph over memories: the keys by which two of them are neighbours, and the context that is
 * gathered along them. Imports recall, memory, embedding, spaces, rerank, problem, config, BSON and
 * the JDK.
 */
package org.hippocamel.graph;
