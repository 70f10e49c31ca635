/**
 * The read path's values: what was asked, which memories may answer, and the filters with their two
 * compilers. Imports memory, embedding, spaces, problem, the limits, BSON and the JDK.
 */
package org.hippocamel.recall;
