/**
 * Measures retrieval with labelled sets, over REST, as any client would see it: rankings, metrics
 * by trec_eval's definitions, bootstrap intervals, reports. Imports Jackson and the JDK; meets the
 * bundle on the wire only.
 */
package org.hippocamel.eval;
