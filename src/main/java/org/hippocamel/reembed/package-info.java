/**
 * Moving memories to another embedding space, and adding vectors that are missing: claimed slices,
 * the gate before the switch, the way back. Imports job, spaces, recall, memory, the embedding
 * values, the values of eval, problem, config and BSON.
 */
package org.hippocamel.reembed;
