/**
 * Evaluation as a client: stores a labelled set in a running Hippocamel and asks its queries over
 * REST, as any client does. Imports the values of eval, Jackson and the JDK.
 */
package org.hippocamel.eval.wire;
