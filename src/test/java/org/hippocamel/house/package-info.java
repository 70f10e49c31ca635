/**
 * Checks over the project as a whole: who may depend on whom, what the documents promise, what the
 * container set-up names. They read files and class files and start nothing.
 */
package org.hippocamel.house;
