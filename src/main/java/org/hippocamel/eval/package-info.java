/**
 * Measures retrieval with labelled sets: rankings, metrics by trec_eval's definitions, bootstrap
 * intervals, reports. Values only, for whoever has asked the queries. Imports Jackson and the JDK.
 */
package org.hippocamel.eval;
