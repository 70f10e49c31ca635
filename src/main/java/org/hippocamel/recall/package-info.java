/**
 * The read path's values: what was asked, which memories may answer, and the filter grammar with
 * its two compilers. Imports api, memory, problem, the limits, BSON, Jackson and the JDK.
 */
package org.hippocamel.recall;
