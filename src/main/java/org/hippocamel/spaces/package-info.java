/**
 * Embedding spaces: which model the vectors belong to, and the search indexes over them. Imports
 * problem, config, the embedding values and BSON.
 */
package org.hippocamel.spaces;
