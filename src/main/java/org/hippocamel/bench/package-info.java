/**
 * Tools to measure and to torment the bundle with: a benchmark of servers that speak OpenAI's
 * embeddings, and a scripted TEI. Imports Jackson, HdrHistogram and the JDK; nothing of the bundle
 * depends on it but the command line, and it on nothing of the bundle.
 */
package org.hippocamel.bench;
