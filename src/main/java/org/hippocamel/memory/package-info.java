/**
 * Memories: what is stored, how a draft becomes a row, and what a write answers. Imports problem,
 * config, the embedding requests and BSON.
 */
package org.hippocamel.memory;
