/**
 * Search indexes of the embedded Atlas: {@code $vectorSearch} by exact scans and Lucene's HNSW,
 * {@code $search} by Lucene. Everything here is derived from the documents and their change log and
 * can be rebuilt; it imports Lucene, org.bson, slf4j and the JDK only.
 */
package org.hippocamel.embedded.atlas.search;
