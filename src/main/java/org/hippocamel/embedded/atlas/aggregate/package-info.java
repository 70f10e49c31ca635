/**
 * Aggregation: stages, expressions, accumulators and projections. It may import the query, store
 * and search packages.
 */
package org.hippocamel.embedded.atlas.aggregate;
