/**
 * Calls that several callers share: who waits for one, when it leaves, and how it is told; what is
 * in it is its capability's business. Imports problem and, in two classes, Camel's aggregate.
 */
package org.hippocamel.batching;
