/**
 * From texts to vectors and scores without HTTP: permits, tokenisation, the queue with its two
 * lanes, the inference threads and the counters. May import the JDK and the tokenizer library.
 */
package org.hippocamel.embedded.tei.core;
