/**
 * Memories: what is stored, how a draft becomes a row, and what a write answers. Imports problem,
 * config, the embedding requests, batching and BSON.
 */
package org.hippocamel.memory;
