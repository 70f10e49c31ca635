/**
 * A search as callers ask for it: what recall finds, put in order once more by a reranker where
 * that is wanted. Imports recall and rerank.
 */
package org.hippocamel.search;
