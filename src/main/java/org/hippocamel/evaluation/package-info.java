/**
 * Evaluations inside the bundle: a labelled set in a tenant of its own, or what a tenant has, asked
 * by the same routes as callers' questions. Imports job, the values of eval, memory, embedding,
 * recall, search, graph and BSON.
 */
package org.hippocamel.evaluation;
