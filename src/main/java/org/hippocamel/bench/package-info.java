/**
 * Tools to measure and to torment the bundle with: a scripted TEI. Imports Jackson and the JDK;
 * nothing of the bundle depends on it but the command line.
 */
package org.hippocamel.bench;
